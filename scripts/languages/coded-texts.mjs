import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/project.mjs';
import { combine } from './catalogues.mjs';

/** The codes that sources in `folders` give to the function `name`, which they import from `file`. */
export function codesGiven(folders, name, file) {
  const call = new RegExp(`\\b${name}\\(\\s*'(\\w+)'`, 'g');
  return folders.flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
      .map((path) => readFileSync(join(projectRoot, folder, path), 'utf8'))
      .filter((text) => text.includes(`/${file}'`))
      .flatMap((text) => [...text.matchAll(call)].map(([, code]) => code)),
  );
}

/** Sample values of a field: each field of a text has its own. */
function samplesOf(field, at) {
  if (field.type === 'nullable') return [null, ...samplesOf(field.def.innerType, at)];
  if (field.type === 'enum') return field.options;
  const samples = { string: [`X${at}X`], number: [70 + at], boolean: [false, true] }[field.type];
  if (samples === undefined) throw new Error(`no samples for a value of type ${field.type}`);
  return samples;
}

/** Every combination of sample values for a code's schema. What was never released has no last day. */
export function sampleValues({ shape }) {
  const fields = Object.entries(shape);
  return combine(fields.map(([, field], at) => samplesOf(field, at)))
    .map((values) => Object.fromEntries(fields.map(([name], at) => [name, values[at]])))
    .filter(({ status, shutdown }) => status !== 'never_released' || (shutdown ?? null) === null);
}

/** The values that a text has to contain: texts and numbers. A rule is named only if it refuses a live call. */
export const namedIn = ({ rule, ...values }) =>
  Object.values(values.blocks === false ? values : { ...values, rule })
    .map(String)
    .filter((value) => /^(X\d+X|\d\d)$/.test(value));
