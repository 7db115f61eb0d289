import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { UserPresetFile } from '../../../contract/user-preset.ts';
import { testCore } from '../__fixtures__/test-core.ts';
import { bundledLoop, saveAndKill } from './__fixtures__/kill-loop.ts';

const kills = 8;
const saves = 200;
const folder = 'config/llm/presets';
const preset = { provider: 'stub', model: 'stub-echo', options: { seed: -1 }, notes: 'n' };
const bystanders = ['a', 'b', 'c'].map((id) => ({ ...preset, id, notes: id.repeat(2000) }));
const file = { version: 1, active: 'a', presets: [...bystanders, { ...preset, id: 'saved' }], edits: {} };

test(
  'kill -9 during saves leaves every file complete, with every acknowledged save',
  { timeout: 600_000 },
  async () => {
    const script = await bundledLoop();
    const made = testCore({
      files: { [`${folder}/translate.json`]: file, [`${folder}/narrator.json`]: file },
    });
    let from = 0;
    for (let kill = 1; kill <= kills || from < saves; kill++) {
      const last = await saveAndKill(script, 'presets', made.root, from, Math.ceil(saves / kills));
      for (const [at, module] of ['translate', 'narrator'].entries()) {
        const now = JSON.parse(
          readFileSync(join(made.root, folder, `${module}.json`), 'utf8'),
        ) as UserPresetFile;
        expect({ ...now, presets: now.presets.slice(0, 3) }).toEqual({ ...file, presets: bystanders });
        const acknowledged = last % 2 === at ? last : last - 1;
        const seed = now.presets[3]?.options.seed ?? NaN;
        // The interrupted save may have completed, but nothing older than the last reported one may be
        // present.
        expect(seed).toBeGreaterThanOrEqual(acknowledged);
      }
      from = last + 3;
    }
    expect(readdirSync(join(made.root, folder)).filter((name) => name.includes('.broken-'))).toEqual([]);
    expect((await made.ask('registry.refresh')).warnings).toEqual([]);
  },
);
