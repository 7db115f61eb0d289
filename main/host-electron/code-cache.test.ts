import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { useCodeCache } from './code-cache.ts';

const require = createRequire(import.meta.url);

function project(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), 'code-cache-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folder = join(root, 'main');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }');
  const write = (of: Record<string, string>) => {
    for (const [name, text] of Object.entries(of)) writeFileSync(join(folder, name), text);
  };
  write(files);
  const cache = join(root, 'cache', 'code.bin');
  /** A start of the app: nothing is loaded yet. */
  const start = async () => {
    for (const name of Object.keys(require.cache)) if (name.startsWith(folder)) delete require.cache[name];
    const keep = useCodeCache(cache, folder);
    const value: unknown = require(join(folder, 'a.js'));
    await keep();
    return value;
  };
  return { cache, write, start };
}

const files = {
  'a.js':
    'exports.sum = require("./b.js")(2) + 1; exports.at = [typeof module, __filename.slice(-4), this === exports];',
  'b.js': 'module.exports = (n) => n * 10;',
};
const answer = { sum: 21, at: ['object', 'a.js', true] };

test('loads files as ever, and the same ones again from what it kept', async () => {
  const { cache, start } = project(files);
  expect(await start()).toEqual(answer);
  const { ino, size } = statSync(cache);
  expect(size).toBeGreaterThan(500);
  expect(await start()).toEqual(answer);
  // Everything was taken: nothing new was written.
  expect(statSync(cache).ino).toBe(ino);
});

test('a file that was changed counts as it is now, and is kept anew', async () => {
  const { cache, write, start } = project(files);
  await start();
  const { ino } = statSync(cache);
  write({ 'b.js': 'module.exports = (n) => n * 11;' });
  expect(await start()).toEqual({ ...answer, sum: 23 });
  expect(statSync(cache).ino).not.toBe(ino);
});

test('what was kept and is no longer as it was written is not run', async () => {
  const { cache, start } = project(files);
  await start();
  const whole = readFileSync(cache);
  const body = whole.indexOf('\n') + 1;
  const damaged = {
    'a byte': Buffer.concat([whole.subarray(0, body + 40), Buffer.from([255]), whole.subarray(body + 41)]),
    'its end': whole.subarray(0, whole.length - 100),
    'its head': Buffer.from('{"digest":'),
    'all of it': Buffer.from(''),
    'its shape': Buffer.from('null\n'),
  };
  for (const [what, bytes] of Object.entries(damaged)) {
    writeFileSync(cache, bytes);
    expect(await start(), what).toEqual(answer);
    expect(readFileSync(cache).length, what).toBeGreaterThan(500);
  }
});
