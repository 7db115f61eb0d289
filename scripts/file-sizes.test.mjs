import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sizeProblems } from './support/file-sizes.mjs';
import { projectRoot } from './support/project.mjs';

const files = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.mjs', '*.cjs'], {
  cwd: projectRoot,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((file) => existsSync(join(projectRoot, file)));

describe('the sizes of the source files', () => {
  test('follow the rules of CONTRIBUTING.md, tests included', () => {
    const sizes = files.map((file) => ({
      file,
      lines: readFileSync(join(projectRoot, file), 'utf8').split('\n').length - 1,
    }));
    expect(sizes.length).toBeGreaterThan(1000);
    expect(sizeProblems(sizes)).toEqual([]);
  });
});

describe('the size check', () => {
  const sized = (...lines) => lines.map((count, index) => ({ file: `${index}.ts`, lines: count }));
  const usual = Array.from({ length: 14 }, () => 100);

  test('names each file over 400 lines', () => {
    expect(sizeProblems(sized(...usual, ...usual, 400, 401))).toEqual(['29.ts has 401 lines, 400 at most']);
  });

  test('reports more than one file in ten over 250 lines', () => {
    expect(sizeProblems(sized(...usual, 251))).toEqual([]);
    expect(sizeProblems(sized(...usual, 251, 300))).toEqual(['2 of 16 files have over 250 lines, 1 at most']);
  });

  test('reports more than one file in eight under 25 lines', () => {
    expect(sizeProblems(sized(...usual, 24, 24))).toEqual([]);
    expect(sizeProblems(sized(...usual, 24, 24, 24, 25))).toEqual([
      '3 of 18 files have under 25 lines, 2 at most',
    ]);
  });
});
