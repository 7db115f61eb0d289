import type { CodedText } from '../../../contract/coded-texts.ts';
import type { HiddenField } from '../../../contract/user-preset.ts';
import { codedText, detailOf } from '../lib/coded-text.ts';
import { isObject } from '../lib/json.ts';
import type { Redactor } from '../lib/redact.ts';
import { isCredentialHeader } from '../registry/environment.ts';
import { secretValues } from '../lib/secret-values.ts';

/** Formats of the vendors' keys, and a bearer header. */
const keyLike = /\b(?:sk|pk|gsk|xai)-[\w-]{16,}|\bAIza[\w-]{20,}|\bBearer\s+[\w.-]{12,}/;
/** True if a text contains something that looks like a key. */
export const looksLikeKey = (text: string): boolean => keyLike.test(text);

const queryName = /^(key|auth|sig|signature|password)$|api[-_]?key|token|secret/i;

/** Required fields of a document: a secret in their text is removed, but the field stays. */
const needed = new Set(['id', 'provider', 'model', 'notes', 'name', 'base']);

function isCredentialName(parent: string, name: string): boolean {
  if (parent === 'headers') return isCredentialHeader(name);
  if (parent === 'query') return queryName.test(name);
  return secretValues({ [name]: 'any' }).length > 0;
}

interface Walk {
  redactor: Redactor;
  out: HiddenField[];
}

function hiddenField(path: string, text: CodedText<'hidden_field'>): HiddenField {
  return { path, reason: text.message, reason_detail: detailOf(text) };
}

const containsKey = (path: string): HiddenField =>
  hiddenField(path, codedText('hidden_field', 'contains_key', {}, 'contains a key'));

function namedLikeCredential(path: string, isHeader: boolean): HiddenField {
  const message = `a ${isHeader ? 'header' : 'field'} with this name contains a credential`;
  return hiddenField(path, codedText('hidden_field', 'named_like_credential', { header: isHeader }, message));
}

const nothing = Symbol('left out');

function cleanText(walk: Walk, text: string, path: string, name: string): unknown {
  const secret = walk.redactor.redact(text) !== text || keyLike.test(text);
  if (!secret) return text;
  walk.out.push(containsKey(path));
  return needed.has(name) ? walk.redactor.redact(text).replace(keyLike, '…') : nothing;
}

function cleanEntries(
  walk: Walk,
  value: Record<string, unknown>,
  path: string,
  parent: string,
): Record<string, unknown> {
  const entries = Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
    const at = path ? `${path}.${name}` : name;
    // Only a string can be a key; a JSON Schema's property called `token` is described by an object.
    if (typeof inner === 'string' && isCredentialName(parent, name)) {
      walk.out.push(namedLikeCredential(at, parent === 'headers'));
      return [];
    }
    const cleaned = clean(walk, inner, at, name);
    return cleaned === nothing ? [] : [[name, cleaned]];
  });
  return Object.fromEntries(entries);
}

function clean(walk: Walk, value: unknown, path: string, name: string): unknown {
  if (typeof value === 'string') return cleanText(walk, value, path, name);
  if (Array.isArray(value))
    return value
      .map((item, at) => clean(walk, item, `${path}[${at}]`, name))
      .filter((item) => item !== nothing);
  return isObject(value) ? cleanEntries(walk, value, path, name) : value;
}

/** A copy with keys removed from all text; for prose, where field names mean nothing. */
export function cutSecrets<T>(redactor: Redactor, value: T, path: string, out: HiddenField[]): T {
  const cut = (inner: unknown, at: string): unknown => {
    if (typeof inner === 'string') {
      const clean = redactor.redact(inner).replace(new RegExp(keyLike, 'g'), '…');
      if (clean !== inner) out.push(containsKey(at));
      return clean;
    }
    if (Array.isArray(inner)) return inner.map((item, n) => cut(item, `${at}[${n}]`));
    if (!isObject(inner)) return inner;
    return Object.fromEntries(
      Object.entries(inner).map(([name, item]) => [name, cut(item, `${at}.${name}`)]),
    );
  };
  return cut(value, path) as T;
}

/**
 * A copy without known keys, text that looks like a key, and fields named like credentials.
 * @param path its place in the whole document, `modules.translate.presets[0]`
 * @param out receives each place that was left out
 */
export function leaveOutSecrets<T extends object>(
  redactor: Redactor,
  value: T,
  path: string,
  out: HiddenField[],
): T {
  return cleanEntries({ redactor, out }, value as Record<string, unknown>, path, '') as T;
}
