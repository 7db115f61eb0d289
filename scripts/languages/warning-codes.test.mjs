import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../support/project.mjs';
import { combine, isEnglishLeft, otherCatalogues, show } from './catalogues.mjs';

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

/** Sample values of a field of `warningValues`: each field of a warning has its own. */
function samplesOf(field, at) {
  if (field.type === 'nullable') return [null, ...samplesOf(field.def.innerType, at)];
  if (field.type === 'enum') return field.options;
  const samples = { string: [`X${at}X`], number: [70 + at], boolean: [false, true] }[field.type];
  if (samples === undefined) throw new Error(`no samples for a value of type ${field.type}`);
  return samples;
}

/** Every combination of sample values that a warning's text can contain. */
function valuesOf(code) {
  const fields = Object.entries(warningValues[code].shape);
  return (
    combine(fields.map(([, field], at) => samplesOf(field, at)))
      .map((values) => Object.fromEntries(fields.map(([name], at) => [name, values[at]])))
      // What was never released has no last day, and a model serves next only by a preset.
      .filter(({ status, shutdown }) => status !== 'never_released' || shutdown === null)
      .filter(({ preset, heir }) => preset !== null || heir !== 'X5X')
  );
}

/** The values that a text has to contain. A rule is named only if a live call is refused for it. */
const namedIn = ({ rule, ...values }) =>
  Object.values(values.blocks === false ? values : { ...values, rule })
    .map(String)
    .filter((value) => /^(X\dX|7\d)$/.test(value));

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
      for (const value of namedIn(values)) expect(text).toContain(value);
      expect(text).not.toMatch(/undefined|null|NaN|\[object/);
      expect(isEnglishLeft(text), text).toBe(false);
    }
  });
});
