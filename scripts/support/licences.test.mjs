import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packageFolderOf } from './bundled-packages.mjs';
import { licences } from './licences.mjs';

function project(files) {
  const root = mkdtempSync(join(tmpdir(), 'licences-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return root;
}

test('the package of a module is found, whatever the bundler adds to its path', () => {
  const folder = '/a/node_modules/@scope/name';
  for (const id of [
    `${folder}/x.js`,
    `\0${folder}/x.js?commonjs`,
    `/b/node_modules/y${folder.slice(2)}/lib/z.js`,
  ])
    expect(packageFolderOf(id)).toMatch(/node_modules\/@scope\/name$/);
  expect(packageFolderOf('/a/main/index.ts')).toBe(null);
  expect(packageFolderOf('C:\\a\\node_modules\\zod\\index.js')).toBe('C:/a/node_modules/zod');
});

test('every package has its licence text once: those in the bundle, the dependencies, and theirs', () => {
  const root = project({
    'package.json': { dependencies: { a: '1' } },
    'node_modules/a/package.json': {
      name: 'a',
      version: '1.0.0',
      license: 'MIT',
      dependencies: { b: '1' },
      optionalDependencies: { away: '1' },
    },
    'node_modules/a/LICENSE': 'the text of a',
    'node_modules/a/node_modules/b/package.json': { name: 'b', version: '2.0.0', license: 'ISC' },
    'node_modules/b/package.json': { name: 'b', version: '9.0.0', license: 'GPL-3.0' },
    'node_modules/c/package.json': { name: 'c', version: '3.0.0', author: { name: 'Someone' } },
    'node_modules/c/OFL.txt': 'the text of c',
    'node_modules/d/package.json': { name: 'd', version: '4.0.0' },
  });
  const bundled = ['c', 'd', 'a'].map((name) => join(root, 'node_modules', name));
  const { text, count, unnamed } = licences(bundled, root);
  expect(count).toBe(4);
  expect(unnamed).toEqual(['d@4.0.0']);
  for (const part of [
    'a@1.0.0\nLicence: MIT',
    'the text of a',
    'b@2.0.0\nLicence: ISC',
    'By: Someone',
    'the text of c',
  ])
    expect(text).toContain(part);
  expect(text).not.toContain('GPL');
});
