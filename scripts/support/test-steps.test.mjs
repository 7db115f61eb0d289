import { expect, test } from 'vitest';
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
