import { expect, test } from 'vitest';
import type { PackVariable } from '../../../../contract/prompt-pack.ts';
import { textOf, variableValues } from './variables.ts';

const variable = (change: Partial<PackVariable>): PackVariable => ({
  name: 'line',
  type: 'string',
  required: true,
  description: 'a line',
  sample: 'sample',
  ...change,
});

test('a string that looks like a number stays a string', () => {
  expect(variableValues([variable({})], { line: '42' })).toEqual({ line: '42' });
});

test('a list is read back from its field as it was entered', () => {
  const list = variable({ name: 'choices', type: 'array', sample: [{ id: 1 }] });
  expect(variableValues([list], { choices: textOf([{ id: 2 }]) })).toEqual({ choices: [{ id: 2 }] });
  expect(variableValues([list], undefined)).toEqual({ choices: [{ id: 1 }] });
});

test('incomplete JSON is sent unchanged, so that the core names its variable', () => {
  const list = variable({ type: 'array' });
  expect(variableValues([list], { line: '[1,' })).toEqual({ line: '[1,' });
});

test('an emptied optional variable is left out; a required one is empty', () => {
  expect(variableValues([variable({ required: false })], { line: '' })).toEqual({});
  expect(variableValues([variable({})], { line: '' })).toEqual({ line: '' });
});
