import { expect, test } from 'vitest';
import { fingerprint, readSavedDrafts, workOf } from './pack-draft.ts';

const content = {
  pack: { module: 'm' },
  system: 's',
  template: 't',
  schema: { extends: 'module' },
  samples: {},
};

test('a draft is restored as it was, including text that does not parse', () => {
  const saved = {
    byModule: { m: { work: workOf(content), texts: { 'sample:0': '{"half' }, base: 'b' } },
    values: { m: { line: 'Yo' } },
  };
  expect(readSavedDrafts(JSON.parse(JSON.stringify(saved)))).toEqual(saved);
});

test('an invalid draft is dropped, and the others stay', () => {
  const good = { work: workOf(content), texts: {}, base: '' };
  const byModule = { broken: { work: { pack: 3 }, base: '' }, empty: null, good };
  expect(readSavedDrafts({ byModule, values: { x: 3, y: { a: 1 } } })).toEqual({
    byModule: { good },
    values: {},
  });
  for (const saved of [undefined, null, 'x', [], { byModule: 7 }])
    expect(readSavedDrafts(saved)).toEqual({ byModule: {}, values: {} });
});

test('another layout of a schema or of pack.json is not an edit', () => {
  const one = workOf(content);
  expect(fingerprint({ ...one, schema: '{"extends":"module"}' })).toBe(fingerprint(one));
  expect(fingerprint({ ...one, pack: { format: 1, module: 'm' } })).toBe(fingerprint(one));
  expect(fingerprint({ ...one, schema: '{"extends":' })).not.toBe(fingerprint(one));
});
