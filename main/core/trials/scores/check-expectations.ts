import type { CheckResult } from '../../../../contract/pack-check.ts';
import { withoutCode } from '../../translation/text/code-tokens.ts';
import type { Expectation } from './expectation.ts';
import { isInLanguage } from '../../translation/text/text-language.ts';

type Fields = Record<string, unknown>;
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The values at `beats[].text`; undefined where the reply does not have the place, [] for a list without items. */
function valuesAt(reply: unknown, path: string): unknown[] | undefined {
  let nodes: unknown[] = reply === undefined ? [] : [reply];
  if (path === '') return nodes.length ? nodes : undefined;
  for (const part of path.split('.')) {
    const name = part.replace('[]', '');
    const found = nodes.flatMap((node) => (isObject(node) && Object.hasOwn(node, name) ? [node[name]] : []));
    if ((nodes.length > 0 || reply === undefined) && found.length === 0) return undefined;
    if (part.endsWith('[]') && !found.every(Array.isArray)) return undefined;
    nodes = part.endsWith('[]') ? found.flat() : found;
  }
  return nodes;
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
const spaced = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u;
const katakana = /[\p{Script=Katakana}ー]/u;

/** What may not stand beside a term's end, so that `Ann` is not in `Anna` nor `アン` in `アンナ`. */
function boundary(edge: string): string {
  if (spaced.test(edge)) return '[\\p{L}\\p{N}]';
  return katakana.test(edge) ? '[\\p{Script=Katakana}ー]' : '';
}

/** Whether a text has a term, case aside: as a whole word where the script has a way to tell. */
export function mentionsTerm(text: string, term: string): boolean {
  const characters = Array.from(term);
  const before = boundary(characters[0] ?? '');
  const after = boundary(characters.at(-1) ?? '');
  const pattern = `${before && `(?<!${before})`}${escaped(term)}${after && `(?!${after})`}`;
  return term !== '' && new RegExp(pattern, 'iu').test(text);
}

const shown = (values: readonly unknown[]): string => {
  const text = values.map((value) => JSON.stringify(value)).join(', ');
  return text.length > 120 ? `${text.slice(0, 120)}…` : text || 'nothing';
};

const outside = (n: number, unit: string, min = 0, max = Infinity): string | null =>
  n < min
    ? `${n} ${unit}, at least ${min} expected`
    : n > max
      ? `${n} ${unit}, at most ${max} expected`
      : null;

/** null when it holds, else what is wrong. */
function fault(one: Expectation, values: readonly unknown[]): string | null {
  const texts = values.filter((value) => typeof value === 'string');
  const text = texts.join('\n');
  switch (one.kind) {
    case 'mentions':
      return one.any.some((term) => mentionsTerm(text, term)) ? null : `it has none of ${shown(one.any)}`;
    case 'lacks': {
      const there = one.none.filter((term) => mentionsTerm(text, term));
      return there.length ? `it has ${shown(there)}` : null;
    }
    case 'one_of': {
      const strangers = values.filter((value) => !one.values.some((allowed) => allowed === value));
      return strangers.length ? `${shown(strangers)} is not among ${shown(one.values)}` : null;
    }
    case 'includes': {
      const absent = one.values.filter((value) => !values.includes(value));
      return absent.length ? `${shown(absent)} is not there` : null;
    }
    case 'characters':
      return outside(Array.from(texts.join('')).length, 'characters', one.min, one.max);
    case 'count':
      return outside(values.length, 'values', one.min, one.max);
    case 'language': {
      const is = isInLanguage(withoutCode(text), one.language);
      return is ? null : is === null ? 'there is no text to judge' : `it is not in "${one.language}"`;
    }
  }
}

/**
 * A unit's expectations held against a reply, in their order. Nothing is changed; nothing is thrown.
 * @param reply the parsed JSON, or the text where the module has no schema; undefined where there is no reply: all fail
 */
export function checkExpectations(expectations: readonly Expectation[], reply: unknown): CheckResult[] {
  return expectations.map((one) => {
    const paths = typeof one.at === 'string' ? [one.at] : one.at;
    const found = paths.map((path) => valuesAt(reply, path));
    const gone = paths.find((_, i) => found[i] === undefined);
    const wrong =
      gone === undefined
        ? fault(
            one,
            found.flatMap((values) => values ?? []),
          )
        : gone === ''
          ? 'there is no reply'
          : `the reply has no ${gone}`;
    return { id: one.id, ok: wrong === null, message: wrong ?? `${one.kind} holds` };
  });
}
