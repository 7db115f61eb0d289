import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderCycles, importsWithin, laterImports } from './support/import-graph.mjs';
import { projectRoot, readJson } from './support/project.mjs';

const core = join(projectRoot, 'main', 'core');
const { layers } = readJson(join(core, 'layers.json'));
const names = layers.map((layer) => layer.folder);

describe('the layers of main/core', () => {
  const imports = importsWithin(core);

  test('a file imports only from its own layer and from layers listed before it', () => {
    expect(imports.length).toBeGreaterThan(500);
    expect(laterImports(imports, names)).toEqual([]);
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

describe('the folders of main/core/chat', () => {
  const chat = join(core, 'chat');
  const text = readFileSync(join(projectRoot, 'docs', 'architecture.md'), 'utf8');
  const [, section = ''] = text.split('## How a chat is processed');
  const listed = [...section.matchAll(/^- \*\*(\w+)\*\*: /gm)].map(([, folder]) => folder);

  test('are the steps in the architecture document', () => {
    const entries = readdirSync(chat, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(folders.sort()).toEqual([...listed].sort());
  });

  test('import only from themselves and from folders listed before them', () => {
    const inFolders = importsWithin(chat).filter(({ from }) => from.includes('/'));
    expect(inFolders.length).toBeGreaterThan(50);
    // A file beside the folders, such as the pipeline, comes after all of them.
    const folderOf = (path) => (path.includes('/') ? path : `beside/${path}`);
    const imports = inFolders.map(({ from, to }) => ({ from, to: folderOf(to) }));
    expect(laterImports(imports, [...listed, 'beside'])).toEqual([]);
  });
});

describe('the layer check', () => {
  const layered = ['lib', 'net', 'chat'];

  test('an import from a layer listed later is reported', () => {
    const imports = [
      { from: 'net/a.ts', to: 'chat/b.ts' },
      { from: 'chat/b.ts', to: 'lib/c.ts' },
    ];
    expect(laterImports(imports, layered)).toEqual(['net/a.ts -> chat/b.ts']);
  });

  test('a file outside the layers is reported', () => {
    expect(laterImports([{ from: 'loose.ts', to: 'lib/c.ts' }], layered)).toEqual(['loose.ts -> lib/c.ts']);
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
