import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testCore } from '../__fixtures__/test-core.ts';
import { bundledLoop, saveAndKill } from '../presets/__fixtures__/kill-loop.ts';
import { edited } from './__fixtures__/edited.ts';
import { finishSave, readPackFolder } from './files/pack-folder.ts';
import { editedFrom } from './files/pack-texts.ts';

const kills = 8;
const saves = 200;

test(
  'kill -9 during saves never leaves a pack of mixed versions, and loses no acknowledged save',
  { timeout: 600_000 },
  async () => {
    const script = await bundledLoop();
    const made = testCore();
    await made.ask('packs.save', { content: edited({ file: { module: 'narrator' } }) });
    const packs = join(made.root, 'config/llm/packs');
    const folder = join(packs, 'translate');
    let from = 0;
    for (let kill = 1; kill <= kills || from < saves; kill++) {
      const last = await saveAndKill(script, 'packs', made.root, from, Math.ceil(saves / kills));
      const { texts, problems } = readPackFolder(folder);
      await finishSave(folder);
      // The content during the unfinished save equals the content after finishing it.
      expect(readPackFolder(folder).texts).toEqual(texts);
      const { content, problems: broken } = editedFrom(texts);
      expect([problems, broken]).toEqual([[], []]);
      const n = Number(content.system);
      // The interrupted save may have completed, but nothing older than the last reported one may be present.
      expect(n).toBeGreaterThanOrEqual(last);
      expect([content.template, content.pack['description']]).toEqual([`${n} {{ line }}`, String(n)]);
      expect(Object.keys(content.samples)).toEqual(n % 2 ? [`s${n % 5}`] : []);
      from = last + 3;
    }
    const left = readdirSync(packs).filter((name) => !name.startsWith('.'));
    expect(left).toEqual(['narrator', 'translate']);
    const { mine } = await made.ask('packs.library');
    expect(mine.map(({ problem }) => problem)).toEqual([null, null]);
    await made.ask('registry.refresh');
    expect((await made.ask('packs.list')).warnings).toEqual([]);
  },
);
