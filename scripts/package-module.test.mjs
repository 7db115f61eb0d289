import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot, readJson } from './support/project.mjs';
import { npmCommand, packageBin } from './support/run.mjs';

// The package as users install it: no sources, no devDependencies, its own types.
let folder;
let installed;

function node(args, options = {}) {
  return spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', ...options });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'panel-consumer-'));
  const emitted = node([join(projectRoot, 'scripts', 'emit-types.mjs')]);
  if (emitted.status !== 0) throw new Error(emitted.stdout + emitted.stderr);
  const npm = npmCommand();
  const pack = [...npm.args, 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  execFileSync(npm.command, pack, { cwd: projectRoot, shell: npm.shell, stdio: 'pipe' });
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  execFileSync('tar', ['-xzf', readdirSync(folder).find((name) => name.endsWith('.tgz')), '-C', modules], {
    cwd: folder,
  });
  installed = join(modules, 'comfyvn-llm-panel');
  cpSync(join(modules, 'package'), installed, { recursive: true });
  rmSync(join(modules, 'package'), { recursive: true });
  // Its dependencies, placed as npm does; their own dependencies are found in the project.
  for (const name of Object.keys(readJson(join(installed, 'package.json')).dependencies))
    symlinkSync(join(projectRoot, 'node_modules', name), join(modules, name), 'junction');
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the packed package', () => {
  test('has the files that run, and no sources, tests or source maps', () => {
    const files = readdirSync(installed, { recursive: true }).map(String);
    expect(files).toContain(join('out', 'types', 'library.d.ts'));
    expect(files.filter((name) => /\.test\.|\.tsx?$|\.map$/.test(name) && !name.endsWith('.d.ts'))).toEqual(
      [],
    );
  });

  test('has types that a strict build accepts, and a module that runs', () => {
    const compilerOptions = {
      target: 'es2023',
      lib: ['es2023'],
      module: 'nodenext',
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      types: [],
      outDir: 'built',
    };
    cpSync(join(projectRoot, 'scripts', '__fixtures__', 'consumer.ts'), join(folder, 'consumer.ts'));
    const text = 'declare const console: { log(text: string): void };\n';
    writeFileSync(join(folder, 'globals.d.ts'), text);
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['consumer.ts', 'globals.d.ts'] }),
    );
    const build = node([packageBin('typescript', 'tsc'), '-p', '.', '--pretty', 'false']);
    expect([build.status, build.stdout]).toEqual([0, '']);
    const run = node(['built/consumer.js']);
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(JSON.parse(run.stdout)).toEqual({
      alive: expect.any(Number),
      who: expect.objectContaining({ module: 'translate', via: 'module' }),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      cost: expect.objectContaining({ currency: 'USD' }),
      echo: 'Ping',
      made: { detected_language: expect.any(String), translation: expect.any(String) },
      asked: 2,
      refused: 'unknown_model',
      wrong: null,
    });
    expect(existsSync(join(folder, 'empty')), 'reading writes nothing').toBe(false);
  });

  test('has a command that runs without devDependencies', () => {
    const command = join(installed, readJson(join(installed, 'package.json')).bin['comfyvn-llm']);
    const run = node([command, '--root', 'empty', 'models', '--tag', 'json', '--alive', '--json'], {
      env: { PATH: process.env.PATH },
    });
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(JSON.parse(run.stdout).length).toBeGreaterThan(5);
  });

  test('has a server that answers', async () => {
    const command = join(installed, 'out', 'main', 'cli.js');
    const run = node([command, 'serve', '--help']);
    expect([run.status, run.stdout]).toEqual([0, expect.stringContaining('--port N')]);
  });
});
