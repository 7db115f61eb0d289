import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { loadedFrom } from './support/bundle-imports.mjs';
import { projectRoot, readJson } from './support/project.mjs';

// Parsing whole bundles takes seconds, and longer under load.
vi.setConfig({ testTimeout: 90_000 });

const isElectron = (specifier) => /^electron($|[/-])/.test(specifier);

function built(name) {
  const path = join(projectRoot, 'out', 'main', name);
  if (!existsSync(path)) throw new Error(`${path} is not there: run npm run build first (npm test does)`);
  return path;
}

/** The files that each bundle reaches, parsed once. */
const walks = new Map();
function reached(name) {
  if (!walks.has(name)) walks.set(name, loadedFrom(built(name)));
  return walks.get(name);
}

const roots = ['headless.js', 'cli.js', 'library.js'];

describe('bundles for plain Node', () => {
  test.each(roots)(
    '%s imports no electron through any of its chunks, which in plain Node would start a download and throw',
    (root) => {
      const { outside } = reached(root);
      expect([...outside].filter(([specifier]) => isElectron(specifier))).toEqual([]);
    },
  );

  test.each(roots)('%s imports only Node and packages installed with the product', (root) => {
    const { dependencies = {}, optionalDependencies = {} } = readJson(join(projectRoot, 'package.json'));
    const known = new Set([...builtinModules, ...Object.keys({ ...dependencies, ...optionalDependencies })]);
    const { outside } = reached(root);
    const packageOf = (specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
    const unknown = [...outside.keys()].filter(
      (specifier) => !specifier.startsWith('node:') && !known.has(packageOf(specifier)),
    );
    expect(unknown).toEqual([]);
  });

  test('have chunks that the check follows, and the desktop’s bundle is reported', () => {
    expect(reached('headless.js').files.length).toBeGreaterThan(1);
    expect([...reached('index.js').outside.keys()]).toContain('electron');
  });
});

describe('a planted electron import is reported', () => {
  const plants = {
    'in the entry': { 'headless.js': 'import{app as e}from"electron";e()' },
    'in a chunk of a chunk': {
      'headless.js': 'import{a}from"./chunks/a.js";a()',
      'chunks/a.js': 'export*from"./b.js"',
      'chunks/b.js': 'export{app as a}from"electron/main"',
    },
    'in a lazy chunk': {
      'headless.js': 'const l=()=>import(`./chunks/lazy.js`);l()',
      'chunks/lazy.js': 'import "electron/renderer"',
    },
    'by a dynamic import': { 'headless.js': 'export const f=async()=>(await import(`electron`)).app' },
    'by require in a chunk': {
      'headless.js': 'Promise.resolve().then(()=>require(`./chunks/a.js`))',
      'chunks/a.js': 'const e=require("electron");e.app.quit()',
    },
    'by require': {
      'headless.js': 'import{createRequire as r}from"node:module";r(import.meta.url)(`electron`)',
    },
  };
  for (const [where, files] of Object.entries(plants)) {
    test(`${where}`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'planted-bundle-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const { outside } = loadedFrom(join(folder, 'headless.js'));
      expect([...outside.keys()].filter(isElectron)).toHaveLength(1);
    });
  }
});
