import type { CheckResult } from '../../../../contract/pack-check.ts';
import { withoutCode } from '../../translation/text/code-tokens.ts';
import type { Expectation } from './expectation.ts';
import { isInLanguage } from '../../translation/text/text-language.ts';
import { isObject } from '../../lib/json.ts';

/**
 * The values at a path such as `beats[].text`; undefined if the reply does not have it, [] for an empty list.
 */
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

/** A lookaround for a term's edge, so that `Ann` is not found in `Anna` nor `アン` in `アンナ`. */
function boundary(edge: string): string {
  if (spaced.test(edge)) return '[\\p{L}\\p{N}]';
  return katakana.test(edge) ? '[\\p{Script=Katakana}ー]' : '';
}

/** Whether a text contains a term, ignoring case: as a whole word in scripts where that can be determined. */
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

/** null if it holds, else what is wrong. */
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
 * Checks a reply against a unit's expectations, in order. Changes nothing and never throws.
 * @param reply the parsed JSON, or the text if the module has no schema; undefined without a reply: all fail
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

/** The translation in a reply, or a reply that is a text; undefined if it has none. */
export function translationIn(reply: unknown): string | undefined {
  const text = isObject(reply) ? reply['translation'] : reply;
  return typeof text === 'string' ? text : undefined;
}
