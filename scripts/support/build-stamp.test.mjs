import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashSources, isBuildFresh, stampBuild } from './build-stamp.mjs';

let root;
function write(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'build-stamp-'));
  write('main/core/log.ts', 'a');
  write('registry/providers/stub.json', '{}');
  write('out/main/index.js', 'built');
  write('out/main/headless.js', 'built');
  write('out/main/cli.js', 'built');
  write('out/main/library.js', 'built');
  stampBuild(hashSources(root), root);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('an untouched build is up to date', () => {
  expect(isBuildFresh(root)).toBe(true);
});

test.each([
  ['a changed source', 'main/core/log.ts', 'b'],
  ['a new data file', 'registry/providers/new.json', '{}'],
  ['a changed build configuration', 'electron.vite.config.ts', 'x'],
  ['an output of another build', 'out/main/index.js', 'built by the dev server'],
])('%s makes the build stale', (_what, path, text) => {
  write(path, text);
  expect(isBuildFresh(root)).toBe(false);
});

test('a missing entry file makes the build stale', () => {
  rmSync(join(root, 'out/main/headless.js'));
  stampBuild(hashSources(root), root);
  expect(isBuildFresh(root)).toBe(false);
});

test('a changed test or document leaves the build up to date', () => {
  write('main/core/log.test.ts', 'x');
  write('docs/note.md', 'x');
  expect(isBuildFresh(root)).toBe(true);
});

test('files derived from a build leave it up to date', () => {
  write('out/types/library.d.ts', 'x');
  write('out/THIRD-PARTY-LICENSES.txt', 'x');
  expect(isBuildFresh(root)).toBe(true);
});

test('a source saved during the build makes it stale', () => {
  const before = hashSources(root);
  write('main/core/log.ts', 'saved meanwhile');
  stampBuild(before, root);
  expect(isBuildFresh(root)).toBe(false);
});
