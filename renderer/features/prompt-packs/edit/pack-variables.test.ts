import { expect, test } from 'vitest';
import type { PackVariable } from '../../../../contract/prompt-pack.ts';
import { workOf } from '../drafts/pack-draft.ts';
import { freeName, newVariable, previewValues, undeclared, withVariables } from './pack-variables.ts';

const work = workOf({ pack: {}, system: '', template: '', schema: {}, samples: {} });
const list: PackVariable = { name: 'list', type: 'array', required: false, description: 'd', sample: [1] };

test('an undeclared name that is used twice is reported once, at its first use', () => {
  const use = (name: string, line: number) => ({ name, file: 'template.md', line, column: 1 });
  const declared = withVariables(work, [list]);
  expect(undeclared(declared, [use('list', 1), use('x', 2), use('x', 3)])).toEqual([use('x', 2)]);
});

test('an emptied optional value is left out; text that is not JSON is sent to the core, which reports it', () => {
  const variables = [newVariable('line', 'd'), list];
  expect(previewValues(variables, {})).toEqual({ line: 'Some text.', list: [1] });
  expect(previewValues(variables, { line: '', list: '' })).toEqual({ line: '' });
  expect(previewValues(variables, { list: '[1,' })).toEqual({ line: 'Some text.', list: '[1,' });
});

test('a new variable gets a name that is not used yet', () => {
  expect(freeName([newVariable('variable', 'd'), newVariable('variable_2', 'd')])).toBe('variable_3');
});
