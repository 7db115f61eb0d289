import { expect, test } from 'vitest';
import { chooseSteps } from './test-steps.mjs';

const names = (...args) => chooseSteps(args).map(({ name }) => name);

test('npm test runs the main tests on a Windows Node; the slow ones run only by name', () => {
  expect(names()).toContain('windows');
  expect(names().filter((name) => name.startsWith('windows-'))).toEqual([]);
  expect(names('--only=windows-all,windows-acceptance')).toEqual(['windows-all', 'windows-acceptance']);
});

test('an unknown step is refused with the list of steps', () => {
  expect(() => chooseSteps(['--only=unit,windos'])).toThrow(/windos: there are .*windows/);
});
