import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { declaredNames } from './support/declared-names.mjs';
import { privateName, publicFields } from './support/private-names.mjs';
import { projectRoot } from './support/project.mjs';

const files = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.mjs'], {
  cwd: projectRoot,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  // Git still lists files that were just deleted. private-names.mjs contains the forbidden names themselves.
  .filter((file) => existsSync(join(projectRoot, file)) && file !== 'scripts/support/private-names.mjs');

describe('names specific to this project', () => {
  test('are declared in no file', () => {
    const found = files.flatMap((file) => {
      const { bindings, members } = declaredNames(join(projectRoot, file));
      const own = [...members].filter((name) => !publicFields.has(name));
      return [...bindings, ...own]
        .filter((name) => privateName(name, file))
        .map((name) => `${file}: ${name}, better ${privateName(name, file)}`);
    });
    expect(files.length).toBeGreaterThan(1000);
    expect(files.filter((file) => /\.(test|spec)\.|__fixtures__/.test(file)).length).toBeGreaterThan(500);
    expect(found).toEqual([]);
  });

  test('are found in variables, parameters, fields and literals of a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'names-'));
    const file = join(folder, 'planted.test.ts');
    writeFileSync(
      file,
      `const wires = [1]; interface Call { wire: string } export const made = { purse: 1, a: ({ sink: used }) => used };
       for (const told of wires) made.a({ sink: told }); export function openDoor([gates]: string[], { said = 1 }) {}`,
    );
    const { bindings, members } = declaredNames(file);
    rmSync(folder, { recursive: true });
    const reported = [...bindings, ...members].filter((name) => privateName(name, 'planted.test.ts'));
    expect(reported.sort()).toEqual(['gates', 'openDoor', 'purse', 'said', 'sink', 'told', 'wire', 'wires']);
  });

  test('are the name of no file', () => {
    const found = files.filter((file) => privateName(basename(file).replace(/\..*$/, ''), file));
    expect(found).toEqual([]);
  });

  test('are found in any spelling, and standard terms are not', () => {
    const private_ = [
      'wires',
      'httpDoor',
      'openPurse',
      'PurseParts',
      'test-door',
      'take-back',
      'watchedSink',
      'SameCalls',
    ];
    for (const name of private_)
      expect([name, privateName(name, 'main/x.ts')]).not.toEqual([name, undefined]);
    for (const name of ['doorway', 'transport', 'keepAlive', 'cutoff', 'placeholder', 'wire_id', 'sinking'])
      expect([name, privateName(name, 'main/x.ts')]).toEqual([name, undefined]);
  });
});
