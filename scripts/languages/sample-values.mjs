import { combine } from './catalogues.mjs';

/** Sample values of a field: each field of a text has its own. */
function samplesOf(field, at) {
  if (field.type === 'nullable') return [null, ...samplesOf(field.def.innerType, at)];
  if (field.type === 'enum') return field.options;
  const samples = { string: [`X${at}X`], number: [70 + at], boolean: [false, true] }[field.type];
  if (samples === undefined) throw new Error(`no samples for a value of type ${field.type}`);
  return samples;
}

/** Every combination of sample values that a text of the core can contain, from the shape of its schema. */
export function sampleValues(shape) {
  const fields = Object.entries(shape);
  return combine(fields.map(([, field], at) => samplesOf(field, at))).map((values) =>
    Object.fromEntries(fields.map(([name], at) => [name, values[at]])),
  );
}

/** The sample values that a text has to contain. */
export const namedIn = (values) =>
  Object.values(values)
    .map(String)
    .filter((value) => /^(X\d+X|\d\d)$/.test(value));
