import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../support/project.mjs';
import { isEnglishLeft, otherCatalogues, show } from './catalogues.mjs';
import { codesGiven, namedIn, sampleValues } from './coded-texts.mjs';

const contract = (file) => import(pathToFileURL(join(projectRoot, 'contract', file)).href);
const { warningCodes, warningValues } = await contract('warnings.ts');
const { ruleValues } = await contract('reasons.ts');
const others = await otherCatalogues();

afterEach(() => show('en', null));

/** Every combination of sample values that a warning's text can contain. */
const valuesOf = (code) =>
  sampleValues(warningValues[code])
    // A model serves next only by a preset.
    .filter(({ preset, heir }) => preset !== null || heir !== 'X5X');

test('the core gives every code of the contract, and no other', () => {
  // The codes of rules are given as reasons, whose test finds them.
  const given = [...codesGiven(['main/core'], 'warning', 'lib/warning.ts'), ...Object.keys(ruleValues)];
  expect([...new Set(given)].sort()).toEqual(warningCodes.toSorted());
  expect(warningCodes.length).toBeGreaterThan(25);
});

describe.each(Object.entries(others))('%s', (language, { warnings }) => {
  test('every warning of the core has a text, and no other', () => {
    expect(Object.keys(warnings).sort()).toEqual(warningCodes.toSorted());
  });

  test.each(warningCodes)('%s contains its values, and no English', async (code) => {
    await show(language, others[language]);
    for (const values of valuesOf(code)) {
      const text = warnings[code](values);
      for (const value of namedIn(values)) expect(text).toContain(value);
      expect(text).not.toMatch(/undefined|null|NaN|\[object/);
      expect(isEnglishLeft(text), text).toBe(false);
    }
  });
});
