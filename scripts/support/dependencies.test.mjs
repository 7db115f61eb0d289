import { expect, test } from 'vitest';
import { nodeComplaint } from './check-node.mjs';
import { satisfies } from './dependencies.mjs';

const lock = {
  packages: {
    '': { name: 'panel' },
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/other-platform': { version: '1.0.0', optional: true },
  },
};

test('missing packages of other platforms are accepted', () => {
  expect(satisfies(lock, { packages: { 'node_modules/zod': { version: '4.6.7' } } })).toBe(true);
});

test.each([
  ['another version', { packages: { 'node_modules/zod': { version: '4.6.6' } } }],
  ['a missing package', { packages: {} }],
  ['no record at all', null],
])('%s requires npm ci', (_what, hidden) => {
  expect(satisfies(lock, hidden)).toBe(false);
});

test.each([
  ['18.20.4', true],
  ['20.18.3', true],
  ['20.19.0', false],
  ['24.1.0', false],
])('Node %s: too old is %s', (version, tooOld) => {
  expect(nodeComplaint(version) !== null).toBe(tooOld);
});
