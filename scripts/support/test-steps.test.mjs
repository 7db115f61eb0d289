import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import config from '../../vitest.config.ts';
import { projectRoot } from './project.mjs';
import { chooseSteps } from './test-steps.mjs';

const names = (...args) => chooseSteps(args).map(({ name }) => name);

test('what needs a Windows Node runs by its name alone', () => {
  expect(names().filter((name) => name.startsWith('windows'))).toEqual([]);
  expect(names('--only=windows-all,windows-acceptance')).toEqual(['windows-all', 'windows-acceptance']);
});

test('the quick tests, which are part of all unit tests, do not run beside them', () => {
  expect(names()).toContain('unit');
  expect(names()).not.toContain('quick');
});

test('an unknown step is refused with the list of steps', () => {
  expect(() => chooseSteps(['--only=unit,windos'])).toThrow(/windos: there are .*windows/);
});

/** The paths that a pattern with alternatives in braces stands for. */
function alternatives(pattern) {
  const [, before, names, after] = /^(.*?)\{([^}]*)\}(.*)$/.exec(pattern) ?? [];
  return before === undefined
    ? [pattern]
    : names.split(',').flatMap((name) => alternatives(`${before}${name}${after}`));
}

test('every file that vitest.config.ts names exists: a renamed test would change its project unnoticed', () => {
  const named = config.test.projects
    .flatMap(({ test: { include } }) => include.flatMap(alternatives))
    .filter((path) => !path.includes('*'));
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
});
