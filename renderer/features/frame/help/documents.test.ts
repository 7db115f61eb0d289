import { expect, test } from 'vitest';
import { headingId, targetOf } from './documents.ts';

const names = ['README', 'configuration', 'comfyvn'];

test('a link to another document opens it in the panel, from any document', () => {
  expect(targetOf('configuration.md#variables', names)).toEqual({
    document: 'configuration',
    heading: 'variables',
  });
  expect(targetOf('../docs/comfyvn.md', names)).toEqual({ document: 'comfyvn', heading: '' });
  expect(targetOf('#limits', names)).toEqual({ document: null, heading: 'limits' });
});

test('a URL opens outside, and a file that is not shipped opens nothing', () => {
  expect(targetOf('https://example.org/a', names)).toEqual({ address: 'https://example.org/a' });
  expect(targetOf('../registry/rules.json', names)).toBeUndefined();
  expect(targetOf('decisions/0001-starting-point.md', names)).toBeUndefined();
});

test('a heading has the id that GitHub gives it', () => {
  expect(headingId('Where your files are')).toBe('where-your-files-are');
  expect(headingId('`--port`, and more')).toBe('--port-and-more');
});
