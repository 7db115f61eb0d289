import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../support/project.mjs';
import { isEnglishLeft, otherCatalogues, show } from './catalogues.mjs';
import { namedIn, sampleValues } from './coded-texts.mjs';

const contract = join(projectRoot, 'contract', 'coded-texts.ts');
const { codedTextValues } = await import(pathToFileURL(contract).href);
const others = await otherCatalogues();
const kinds = Object.entries(codedTextValues).map(([kind, texts]) => [kind, Object.keys(texts)]);
const texts = kinds.flatMap(([kind, codes]) => codes.map((code) => [kind, code]));

afterEach(() => show('en', null));

/** The kinds and codes that the sources give to `codedText(…)`, to `notice(…)`, and file formats to `fileWarning(…)` and `fileFault(…)`. */
function textsInCore() {
  const folder = join(projectRoot, 'main');
  const sources = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const written = /\bcodedText\(\s*'(\w+)',\s*'(\w+)'/g;
  const inFormats = /\bfileWarning\(\s*'(\w+)'/g;
  const faults = /\bfileFault\(\s*'(\w+)'/g;
  const notices = /\bnotice\(\s*'(\w+)'/g;
  return sources.flatMap((text) => [
    ...[...text.matchAll(written)].map(([, kind, code]) => `${kind} ${code}`),
    ...[...text.matchAll(inFormats)].map(([, code]) => `file_warning ${code}`),
    ...[...text.matchAll(faults)].map(([, code]) => `left_out_file ${code}`),
    ...[...text.matchAll(notices)].map(([, code]) => `notice ${code}`),
  ]);
}

test('the core gives every code of the contract, and no other', () => {
  expect([...new Set(textsInCore())].sort()).toEqual(texts.map((text) => text.join(' ')).sort());
});

describe.each(Object.entries(others))('%s', (language, { codedTexts }) => {
  test.each(kinds)('every text of the kind %s has a translation, and no other', (kind, codes) => {
    expect(Object.keys(codedTexts[kind]).sort()).toEqual(codes.toSorted());
  });

  test.each(texts)('%s %s contains its values, and no English', async (kind, code) => {
    await show(language, others[language]);
    for (const values of sampleValues(codedTextValues[kind][code])) {
      const text = codedTexts[kind][code](values);
      for (const value of namedIn(values)) expect(text).toContain(value);
      expect(text.trim()).not.toBe('');
      expect(text).not.toMatch(/undefined|null|NaN|\[object/);
      expect(isEnglishLeft(text), text).toBe(false);
    }
  });
});
