import { expect, test } from 'vitest';
import { formats } from '../../../formats/index.ts';
import { syntaxesOf } from './code-syntaxes.ts';

/** Files of any engine, whose texts may contain any kind of code: all kinds are recognised. */
const withDefaults = ['csv', 'json-list', 'json-map', 'text'];

test('each format has its kinds of code, or is listed as one that uses the default', () => {
  const names = formats.map(({ name }) => name);
  expect(names.filter((name) => syntaxesOf(name) === undefined).sort()).toEqual(withDefaults);
});
