import { expect, test } from 'vitest';
import { helpMessages } from '../../../messages/help-messages.ts';
import { japanese } from '../../../i18n/ja/catalogue.ts';
import { simplifiedChinese } from '../../../i18n/zh/catalogue.ts';
import { documents, headingId, targetOf } from './documents.ts';

const linked = ['README', 'configuration', 'comfyvn'];

test('every document has a title in each language, and a title names a document', () => {
  const names = documents.map(({ name }) => name).toSorted();
  expect(names.length).toBeGreaterThan(10);
  for (const { help } of [helpMessages, japanese.help, simplifiedChinese.help])
    expect(Object.keys(help.titles).toSorted()).toEqual(names);
});

test('a link to another document opens it in the panel, from any document', () => {
  expect(targetOf('configuration.md#variables', linked)).toEqual({
    document: 'configuration',
    heading: 'variables',
  });
  expect(targetOf('../docs/comfyvn.md', linked)).toEqual({ document: 'comfyvn', heading: '' });
  expect(targetOf('#limits', linked)).toEqual({ document: null, heading: 'limits' });
});

test('a URL opens outside, and a file that is not shipped opens nothing', () => {
  expect(targetOf('https://example.org/a', linked)).toEqual({ address: 'https://example.org/a' });
  expect(targetOf('../registry/rules.json', linked)).toBeUndefined();
  expect(targetOf('decisions/0001-starting-point.md', linked)).toBeUndefined();
});

test('a heading has the id that GitHub gives it', () => {
  expect(headingId('Where your files are')).toBe('where-your-files-are');
  expect(headingId('`--port`, and more')).toBe('--port-and-more');
});
