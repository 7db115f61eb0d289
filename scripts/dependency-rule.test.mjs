import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot, readJson } from './support/project.mjs';
import { packageBin } from './support/run.mjs';

// The allowed imports between folders, as in docs/architecture.md; everything else is a violation.
const ALLOWED = {
  contract: [],
  registry: ['contract'],
  'main/adapters': ['contract'],
  // Adapters only in its tests, which parse its replies with them; oxlint forbids them elsewhere.
  'main/protocols': ['contract', 'main/adapters'],
  'main/formats': [],
  'main/core': ['contract', 'main/adapters', 'main/formats'],
  'main/http': ['contract', 'main/core', 'main/protocols'],
  'main/ipc': ['contract', 'main/core'],
  'main/cli': ['contract', 'main/core'],
  'main/host-node': ['contract', 'main/core'],
  'main/host-electron': ['contract', 'main/core'],
  preload: ['contract'],
  renderer: ['contract'],
};
const FOLDERS = Object.keys(ALLOWED);

let tree;
beforeAll(() => (tree = mkdtempSync(join(tmpdir(), 'dependency-rule-'))));
afterAll(() => rmSync(tree, { recursive: true, force: true }));

function plant(path, text) {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text);
}

function runTool(packageName, command, args) {
  const { stdout, status } = spawnSync(process.execPath, [packageBin(packageName, command), ...args], {
    cwd: tree,
    encoding: 'utf8',
  });
  return { stdout, status };
}

const upFrom = (folder) => '../'.repeat(folder.split('/').length);

describe('oxlint, with the rules of each folder', () => {
  const electron = ['electron', 'electron/main', 'electron/renderer'];
  const forbidden = {
    contract: [
      'node:fs',
      'hono',
      'undici',
      'react',
      'electron',
      '../main/core/lib/json.ts',
      '../renderer/app.ts',
      '../preload/index.ts',
    ],
    'main/adapters': [
      ...electron,
      'node:fs',
      'zod',
      '../core/json.ts',
      '../http/app.ts',
      '../ipc/register.ts',
      '../host-node/paths.ts',
    ],
    'main/protocols': [
      ...electron,
      'node:fs',
      'zod',
      '../core/json.ts',
      '../http/app.ts',
      '../ipc/register.ts',
      '../host-node/paths.ts',
      '../adapters/index.ts',
    ],
    'main/formats': [
      ...electron,
      'node:fs',
      'zod',
      '../core/json.ts',
      '../adapters/index.ts',
      '../http/app.ts',
      '../ipc/register.ts',
      '../cli/run.ts',
      '../host-node/paths.ts',
    ],
    'main/core': [
      ...electron,
      'hono',
      'hono/cors',
      '@hono/node-server',
      '../http/app.ts',
      '../ipc/register.ts',
      '../host-node/paths.ts',
      '../host-electron/x.ts',
    ],
    'main/http': [
      ...electron,
      '../ipc/register.ts',
      '../host-node/paths.ts',
      '../host-electron/x.ts',
      '../adapters/index.ts',
      '../formats/index.ts',
    ],
    'main/ipc': [
      ...electron,
      'hono',
      '@hono/node-server',
      '../http/app.ts',
      '../host-node/paths.ts',
      '../host-electron/x.ts',
      '../adapters/index.ts',
      '../formats/index.ts',
    ],
    'main/cli': [
      ...electron,
      'hono',
      '@hono/node-server',
      '../http/app.ts',
      '../ipc/register.ts',
      '../host-node/paths.ts',
      '../host-electron/x.ts',
      '../adapters/index.ts',
      '../formats/index.ts',
    ],
    'main/host-node': [
      ...electron,
      '../http/app.ts',
      '../ipc/register.ts',
      '../host-electron/x.ts',
      '../adapters/index.ts',
      '../formats/index.ts',
    ],
    'main/host-electron': [
      '../http/app.ts',
      '../ipc/register.ts',
      '../host-node/paths.ts',
      '../adapters/index.ts',
      '../formats/index.ts',
    ],
    preload: ['../main/core/lib/json.ts', '../renderer/app.ts'],
    renderer: [...electron, 'node:fs', '../main/core/lib/json.ts', '../preload/index.ts'],
    'renderer/features/bench': [...electron, 'node:fs', '../providers/x.ts', '../../../main/core/json.ts'],
    'renderer/features/bench/run': [
      ...electron,
      'node:fs',
      '../../providers/x.ts',
      '../../../../main/core/json.ts',
    ],
    registry: ['electron', '../main/core/lib/json.ts', '../renderer/app.ts'],
    e2e: ['electron', '../renderer/app.ts', '../main/core/lib/json.ts', '../main/http/app.ts'],
  };
  const fine = {
    contract: ['zod', './chat.ts'],
    'main/adapters': ['../../contract/chat.ts', './define.ts'],
    'main/protocols': ['../../contract/errors.ts', './define.ts'],
    'main/core': ['node:fs', 'zod', '../../contract/chat.ts', '../adapters/index.ts', './json.ts'],
    'main/http': ['hono', '../core/json.ts', '../../contract/chat.ts'],
    'main/ipc': ['../core/json.ts', '../../contract/chat.ts'],
    'main/cli': ['commander', 'node:fs', '../core/offline.ts', '../../contract/chat.ts'],
    'main/host-node': ['node:fs', '../core/ports.ts'],
    'main/host-electron': ['electron', 'node:vm', '../core/ports.ts'],
    preload: ['electron', '../contract/bridge.ts'],
    renderer: ['react', '../contract/chat.ts', './api/client.ts'],
    'renderer/features/bench': ['../../ui/button.tsx', '../../../contract/chat.ts', './run-store.ts'],
    'renderer/features/bench/run': ['../../../ui/button.tsx', '../input/drafts.ts', './run-store.ts'],
    registry: ['node:fs', '../contract/chat.ts'],
    e2e: ['playwright/test', '../contract/errors.ts'],
  };
  const forms = (specifier) => [
    `import * as a from '${specifier}'; export const b = a;`,
    `export * from '${specifier}';`,
    `export const load = () => import('${specifier}');`,
    `import type { T } from '${specifier}'; export type U = T;`,
  ];

  /** The specifiers of the planted table that `no-restricted-imports` reported, in order. */
  function lint(table, name, formsOf) {
    const planted = [];
    for (const [folder, specifiers] of Object.entries(table)) {
      for (const specifier of specifiers) {
        for (const text of formsOf(specifier)) {
          const path = `${folder}/${name}-${planted.length}.ts`;
          plant(path, `${text}\n`);
          planted.push({ path, what: `${folder}: ${text}` });
        }
      }
    }
    const { stdout } = runTool('oxlint', 'oxlint', ['-f', 'json', ...planted.map(({ path }) => path)]);
    const hits = JSON.parse(stdout).diagnostics.filter((d) => d.code === 'eslint(no-restricted-imports)');
    const named = new Set(hits.map((d) => d.filename.replaceAll('\\', '/')));
    return { planted, caught: planted.filter(({ path }) => named.has(path)).map(({ what }) => what) };
  }

  beforeAll(() => cpSync(join(projectRoot, '.oxlintrc.json'), join(tree, '.oxlintrc.json')));

  test('every forbidden import is reported: static, re-exported, dynamic and type-only', () => {
    const { planted, caught } = lint(forbidden, 'bad', forms);
    expect(caught).toEqual(planted.map(({ what }) => what));
    expect(planted.length).toBeGreaterThan(200);
  });

  test('every import that a folder is meant for is allowed', () => {
    expect(lint(fine, 'good', (specifier) => forms(specifier).slice(0, 1)).caught).toEqual([]);
  });

  for (const root of ['headless', 'cli', 'library'])
    test(`the ${root} root may not import Electron, its host or the IPC transport`, () => {
      const text = ['electron', './ipc/register.ts', './host-electron/x.ts', './host-node/paths.ts'];
      const file = `main/${root}.ts`;
      plant(file, text.map((specifier) => `import '${specifier}';\n`).join(''));
      const { stdout } = runTool('oxlint', 'oxlint', ['-f', 'json', file]);
      const hits = JSON.parse(stdout).diagnostics.filter((d) => d.code === 'eslint(no-restricted-imports)');
      expect(hits.map((d) => d.labels[0].span.line).sort()).toEqual([1, 2, 3]);
      rmSync(join(tree, file));
    });

  test('a cycle of two files is reported', () => {
    plant('main/core/cycle-a.ts', "import { b } from './cycle-b.ts';\nexport const a = () => b;\n");
    plant('main/core/cycle-b.ts', "import { a } from './cycle-a.ts';\nexport const b = () => a;\n");
    const { stdout, status } = runTool('oxlint', 'oxlint', ['-f', 'json', 'main/core/cycle-a.ts']);
    expect(JSON.parse(stdout).diagnostics.map((d) => d.code)).toContain('import(no-cycle)');
    expect(status).toBe(1);
  });
});

describe('tsc -b, by the references between projects', () => {
  const pairs = FOLDERS.flatMap((from) => FOLDERS.filter((to) => to !== from).map((to) => ({ from, to })));
  const pathOf = ({ from, to }) => `${from}/from-${to.replace('/', '-')}.ts`;
  const isAllowed = ({ from, to }) => ALLOWED[from].includes(to);
  // References are transitive for the compiler. Imports between transports and adapters are left to oxlint.
  const isReachable = ({ from, to }) =>
    ALLOWED[from].some((next) => next === to || isReachable({ from: next, to }));

  /** The planted files that the compiler rejected because they are outside their project. */
  function build(imports) {
    const root = mkdtempSync(join(tree, 'projects-'));
    const put = (path, text) => writeFileSync(join(root, path), text);
    const references = readJson(join(projectRoot, 'tsconfig.json')).references.map(({ path }) =>
      path.replace('./', ''),
    );
    for (const project of references) {
      cpSync(join(projectRoot, project, 'tsconfig.json'), join(root, project, 'tsconfig.json'));
      put(`${project}/index.ts`, 'export const name: string = import.meta.url;\n');
    }
    for (const file of ['tsconfig.json', 'tsconfig.base.json', 'package.json'])
      cpSync(join(projectRoot, file), join(root, file));
    symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'), 'junction');
    for (const pair of imports)
      put(pathOf(pair), `export { name } from '${upFrom(pair.from)}${pair.to}/index.ts';\n`);
    const { status, stdout } = spawnSync(
      process.execPath,
      [packageBin('typescript', 'tsc'), '-b', '--pretty', 'false'],
      { cwd: root, encoding: 'utf8' },
    );
    const refused = [...stdout.matchAll(/^(\S+?)\(\d+,\d+\): error TS6307:/gm)].map((match) => match[1]);
    return { status, stdout, refused };
  }

  test('reports every import that the rule forbids', () => {
    const forbidden = pairs.filter((pair) => !isReachable(pair));
    const { status, refused } = build(forbidden);
    expect(status).not.toBe(0);
    expect(refused.toSorted()).toEqual(forbidden.map(pathOf).toSorted());
  });

  test('builds with every import that the rule allows', () => {
    const { status, stdout } = build(pairs.filter(isAllowed));
    expect([status, stdout]).toEqual([0, '']);
  });
});
