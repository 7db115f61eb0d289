import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../../lib/json.ts';
import { absent, shown, type Judge } from './check-input.ts';
import { textsAt, valuesAt } from './values-at.ts';

export const oneOf: Judge<'one_of'> = ({ at, of, or = [] }, { reply, variables }) => {
  const values = valuesAt(reply, at);
  if (!values) return absent(at);
  const allowed = [...(valuesAt(variables, of) ?? []), ...or];
  const strangers = values.filter((value) => !allowed.some((other) => isDeepStrictEqual(value, other)));
  return strangers.length
    ? `${strangers.map(shown).join(', ')} is not among ${allowed.map(shown).join(', ') || 'none given'}`
    : null;
};

export const equalsVariable: Judge<'equals_variable'> = ({ at, variable }, { reply, variables }) => {
  const values = valuesAt(reply, at);
  const wanted = valuesAt(variables, variable)?.[0];
  if (!values) return absent(at);
  return isDeepStrictEqual(values[0], wanted) ? null : `it is ${shown(values[0])}, not ${shown(wanted)}`;
};

export const same: Judge<'same'> = ({ at, as }, { reply }) => {
  const values = valuesAt(reply, at);
  const others = valuesAt(reply, as);
  if (!values || !others) return absent(values ? as : at);
  return isDeepStrictEqual(values, others)
    ? null
    : `${at} is ${shown(values[0])}, ${as} is ${shown(others[0])}`;
};

function isEmpty(value: unknown): boolean {
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

export const empty: Judge<'empty'> = ({ at }, { reply }) => {
  for (const path of at) {
    const full = valuesAt(reply, path)?.find((value) => !isEmpty(value));
    if (full !== undefined) return `${path} is ${shown(full)}`;
  }
  return null;
};

function outside(
  n: number,
  unit: string,
  { min, max }: { min?: number | undefined; max?: number | undefined },
): string | null {
  if (min !== undefined && n < min) return `${n} ${unit}, at least ${min} expected`;
  if (max !== undefined && n > max) return `${n} ${unit}, at most ${max} expected`;
  return null;
}

export const characters: Judge<'characters'> = (check, { reply }) => {
  let total = 0;
  for (const path of check.at) {
    const texts = textsAt(reply, path);
    if (!texts) return absent(path);
    for (const text of texts) total += Array.from(text).length;
  }
  return outside(total, 'characters', check);
};

export const count: Judge<'count'> = (check, { reply }) => {
  const list = valuesAt(reply, check.at)?.[0];
  return Array.isArray(list) ? outside(list.length, 'items', check) : absent(check.at);
};

export const keys: Judge<'keys'> = ({ at, of }, { reply }) => {
  const value = valuesAt(reply, at)?.[0];
  if (!isObject(value)) return absent(at);
  const strangers = Object.keys(value).filter((key) => !of.includes(key));
  return strangers.length ? `it has ${strangers.map(shown).join(', ')}` : null;
};

export const unique: Judge<'unique'> = ({ at }, { reply }) => {
  const values = valuesAt(reply, at);
  if (!values) return absent(at);
  const seen = new Set<string>();
  const twice = values.filter((value) => {
    const folded = JSON.stringify(typeof value === 'string' ? value.trim().toLowerCase() : value);
    return seen.has(folded) || !seen.add(folded);
  });
  return twice.length ? `${twice.map(shown).join(', ')} stands twice` : null;
};
