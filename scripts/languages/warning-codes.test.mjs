import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../support/project.mjs';
import { isEnglishLeft, otherCatalogues, show } from './catalogues.mjs';
import { namedIn, sampleValues } from './sample-values.mjs';

const contract = join(projectRoot, 'contract', 'warnings.ts');
const { warningCodes, warningValues } = await import(pathToFileURL(contract).href);
const others = await otherCatalogues();

afterEach(() => show('en', null));

/** The codes that the core's sources give to `warning(…)`. */
function codesInCore() {
  const folder = join(projectRoot, 'main', 'core');
  const sources = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .filter((text) => text.includes("lib/warning.ts'"));
  return sources.flatMap((text) => [...text.matchAll(/\bwarning\(\s*'(\w+)'/g)].map(([, code]) => code));
}

/** Every combination of sample values that a warning's text can contain. */
const valuesOf = (code) =>
  sampleValues(warningValues[code].shape)
    // What was never released has no last day, and a model serves next only by a preset.
    .filter(({ status, shutdown }) => status !== 'never_released' || shutdown === null)
    .filter(({ preset, heir }) => preset !== null || heir !== 'X5X');

/** A rule is named only if a live call is refused for it. */
const namedInWarning = ({ rule, ...values }) =>
  namedIn(values.blocks === false ? values : { ...values, rule });

test('the core gives every code of the contract, and no other', () => {
  expect([...new Set(codesInCore())].sort()).toEqual(warningCodes.toSorted());
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
      for (const value of namedInWarning(values)) expect(text).toContain(value);
      expect(text).not.toMatch(/undefined|null|NaN|\[object/);
      expect(isEnglishLeft(text), text).toBe(false);
    }
  });
});
