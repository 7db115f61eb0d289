import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderCycles, importsWithin, upwardImports } from './support/import-graph.mjs';
import { projectRoot, readJson } from './support/project.mjs';

const core = join(projectRoot, 'main', 'core');
const { layers } = readJson(join(core, 'layers.json'));
const names = layers.map((layer) => layer.folder);

describe('the layers of main/core', () => {
  const imports = importsWithin(core);

  test('no file imports from a layer above its own', () => {
    expect(imports.length).toBeGreaterThan(500);
    expect(upwardImports(imports, names)).toEqual([]);
  });

  test('no folders import each other', () => {
    expect(folderCycles(imports)).toEqual([]);
  });

  test('every folder is a layer, and no source file is outside one', () => {
    const entries = readdirSync(core, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== '__fixtures__');
    expect(folders.map((entry) => entry.name).sort()).toEqual([...names].sort());
    expect(entries.filter((entry) => /\.tsx?$/.test(entry.name))).toEqual([]);
  });

  test('the architecture document lists the layers in this order, with their content', () => {
    const text = readFileSync(join(projectRoot, 'docs', 'architecture.md'), 'utf8');
    const rows = [...text.matchAll(/^\| `main\/core\/([\w-]+)\/`\s*\| ([^|]+?)\s*\|/gm)];
    expect(rows.map(([, folder, holds]) => ({ folder, holds }))).toEqual(layers);
  });
});

describe('the layer check', () => {
  const layered = ['lib', 'net', 'chat'];

  test('an upward import is reported, including of a type', () => {
    const imports = [
      { from: 'net/a.ts', to: 'chat/b.ts' },
      { from: 'chat/b.ts', to: 'lib/c.ts' },
    ];
    expect(upwardImports(imports, layered)).toEqual(['net/a.ts -> chat/b.ts']);
  });

  test('a file outside the layers is reported', () => {
    expect(upwardImports([{ from: 'loose.ts', to: 'lib/c.ts' }], layered)).toEqual(['loose.ts -> lib/c.ts']);
  });

  test('folders that import each other through a third are reported', () => {
    const imports = [
      { from: 'chat/a.ts', to: 'chat/plan/b.ts' },
      { from: 'chat/plan/b.ts', to: 'net/c.ts' },
      { from: 'net/c.ts', to: 'chat/a.ts' },
    ];
    expect(folderCycles(imports)).toContain('chat -> chat/plan -> net -> chat');
  });

  test('a subfolder used by its parent is no cycle', () => {
    expect(folderCycles([{ from: 'chat/a.ts', to: 'chat/plan/b.ts' }])).toEqual([]);
  });
});
