import { expect, test } from 'vitest';
import { fingerprint, readSavedDrafts, workOf } from './pack-draft.ts';

const content = {
  pack: { module: 'm' },
  system: 's',
  template: 't',
  schema: { extends: 'module' },
  samples: {},
};

test('a draft comes back as it was, with the text that did not parse', () => {
  const saved = {
    byModule: { m: { work: workOf(content), texts: { 'sample:0': '{"half' }, base: 'b' } },
    values: { m: { line: 'Yo' } },
  };
  expect(readSavedDrafts(JSON.parse(JSON.stringify(saved)))).toEqual(saved);
});

test('what is not a draft is left out and hides no other', () => {
  const good = { work: workOf(content), texts: {}, base: '' };
  const byModule = { broken: { work: { pack: 3 }, base: '' }, empty: null, good };
  expect(readSavedDrafts({ byModule, values: { x: 3, y: { a: 1 } } })).toEqual({
    byModule: { good },
    values: {},
  });
  for (const saved of [undefined, null, 'x', [], { byModule: 7 }])
    expect(readSavedDrafts(saved)).toEqual({ byModule: {}, values: {} });
});

test('a schema laid out anew is no edit, and neither is the form that pack.json is written in', () => {
  const one = workOf(content);
  expect(fingerprint({ ...one, schema: '{"extends":"module"}' })).toBe(fingerprint(one));
  expect(fingerprint({ ...one, pack: { format: 1, module: 'm' } })).toBe(fingerprint(one));
  expect(fingerprint({ ...one, schema: '{"extends":' })).not.toBe(fingerprint(one));
});
