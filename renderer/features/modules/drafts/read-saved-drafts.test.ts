import { expect, test } from 'vitest';
import { readSavedDrafts } from './read-saved-drafts.ts';

const settings = { provider: 'p', model: 'm', options: { top_p: null }, notes: '' };

test('a draft is restored as it was, including text that does not parse', () => {
  const drafts = { 'translate/a': { settings, texts: { json: '{"half' } } };
  expect(readSavedDrafts(JSON.parse(JSON.stringify({ byPreset: drafts })))).toEqual(drafts);
});

test('an invalid draft is dropped, and the others stay', () => {
  const byPreset = { broken: { settings: { options: 3 } }, empty: null, good: { settings } };
  expect(readSavedDrafts({ byPreset })).toEqual({ good: { settings, texts: {} } });
  for (const saved of [undefined, null, 'x', [], { byPreset: 7 }]) expect(readSavedDrafts(saved)).toEqual({});
});
