import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expect, test } from 'vitest';
import type { UserPresetFile } from '../../../contract/user-preset.ts';
import { appRoot, temporaryFolder, testCore } from '../__fixtures__/test-core.ts';

const kills = 8;
const saves = 200;
const folder = 'config/llm/presets';
const preset = { provider: 'stub', model: 'stub-echo', options: { seed: -1 }, notes: 'n' };
const bystanders = ['a', 'b', 'c'].map((id) => ({ ...preset, id, notes: id.repeat(2000) }));
const file = { version: 1, active: 'a', presets: [...bystanders, { ...preset, id: 'saved' }], edits: {} };

/** The loop as plain JavaScript, beside the packages that it imports. */
async function bundled(): Promise<string> {
  const outDir = temporaryFolder();
  symlinkSync(join(appRoot, 'node_modules'), join(outDir, 'node_modules'), 'junction');
  const entry = fileURLToPath(new URL('./__fixtures__/save-loop.ts', import.meta.url));
  const output = { entryFileNames: 'save-loop.mjs', format: 'es' as const };
  await build({
    root: appRoot,
    configFile: false,
    logLevel: 'error',
    build: { ssr: entry, outDir, target: 'node20', rolldownOptions: { output } },
  });
  return join(outDir, 'save-loop.mjs');
}

/** Saves from number `from` on until it is killed, `after` saves are told and a moment later; the last save told. */
async function saveAndKill(script: string, root: string, from: number, after: number): Promise<number> {
  const child = spawn(process.execPath, [script, appRoot, root, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  let last = from - 1;
  const closed = once(child, 'close');
  child.stdout.on('data', (chunk: Buffer) => {
    told += chunk.toString('utf8');
    for (const [, n] of told.matchAll(/saved (\d+)\n/g)) last = Number(n);
    // Anywhere within the next save: a turn of the loop here is about as long as one there.
    if (last - from + 1 >= after) setTimeout(() => child.kill('SIGKILL'), Math.random() * 6);
  });
  await closed;
  expect(told).not.toContain('failed');
  return last;
}

test(
  'kill -9 in the middle of saves leaves every file whole, with what was said to be saved',
  { timeout: 120_000 },
  async () => {
    const script = await bundled();
    const made = testCore({
      files: { [`${folder}/translate.json`]: file, [`${folder}/narrator.json`]: file },
    });
    let from = 0;
    for (let kill = 1; kill <= kills || from < saves; kill++) {
      const last = await saveAndKill(script, made.root, from, Math.ceil(saves / kills));
      for (const [at, module] of ['translate', 'narrator'].entries()) {
        const now = JSON.parse(
          readFileSync(join(made.root, folder, `${module}.json`), 'utf8'),
        ) as UserPresetFile;
        expect({ ...now, presets: now.presets.slice(0, 3) }).toEqual({ ...file, presets: bystanders });
        const acknowledged = last % 2 === at ? last : last - 1;
        const seed = now.presets[3]?.options.seed ?? NaN;
        // The save that was under way may have come through; nothing older than what was told may be there.
        expect(seed).toBeGreaterThanOrEqual(acknowledged);
      }
      from = last + 3;
    }
    expect(readdirSync(join(made.root, folder)).filter((name) => name.includes('.broken-'))).toEqual([]);
    expect((await made.ask('registry.refresh')).warnings).toEqual([]);
  },
);
