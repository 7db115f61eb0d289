import { createContext, Script, type Context } from 'node:vm';
import { Ajv } from 'ajv';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { jsonrepair } from 'jsonrepair';
import type { FinishReason } from '../../../contract/chat.ts';
import type { JsonSchema } from '../../../contract/module-preset.ts';
import { AppError } from '../lib/app-error.ts';
import { isObject } from '../lib/json.ts';

const maxBytes = 64 * 1024;
const maxDepth = 32;
const patternMs = 100;
/** After so many stopped patterns no more are run over one reply: a long list must not be a long wait. */
const patternStrikes = 3;
const cacheSize = 100;

const refuse = (reason: string) =>
  new AppError('invalid_request', `schema: ${reason}`, { fields: [{ path: 'schema', message: reason }] });

function checkNode(node: unknown, depth: number): void {
  if (depth > maxDepth) throw refuse(`nested deeper than ${maxDepth}`);
  if (Array.isArray(node)) for (const item of node) checkNode(item, depth + 1);
  else if (isObject(node)) {
    for (const [key, value] of Object.entries(node)) {
      if ((key === '$ref' || key === '$dynamicRef') && typeof value === 'string' && !value.startsWith('#'))
        throw refuse(`"${value.slice(0, 200)}" is a remote reference, and none is fetched`);
      checkNode(value, depth + 1);
    }
  }
}

/** One for all patterns, as a context takes a megabyte and a schema can have thousands of them. */
let arena: Context | undefined;
let matching: Script | undefined;
let strikes = 0;

function matchesInTime(compiled: RegExp, text: string): boolean {
  arena ??= createContext({});
  matching ??= new Script('compiled.test(text)');
  Object.assign(arena, { compiled, text });
  return matching.runInContext(arena, { timeout: patternMs }) === true;
}

/** A pattern of a stranger's, run where it can be stopped. A pattern that needs too long does not match. */
function stoppable(pattern: string, flags: string): { test(text: string): boolean; toString(): string } {
  const compiled = new RegExp(pattern, flags);
  return {
    test(text) {
      if (strikes >= patternStrikes) return false;
      try {
        return matchesInTime(compiled, text);
      } catch {
        strikes++;
        return false;
      }
    },
    toString: () => String(compiled),
  };
}

/** The dialect a schema names for itself; 2020-12 where it names none. Its own address is not looked up. */
function dialectOf({ $schema, ...schema }: JsonSchema) {
  const older = typeof $schema === 'string' && /draft-0[4-7]/.test($schema);
  return { Dialect: older ? Ajv : Ajv2020, schema };
}

const validators = new Map<string, ValidateFunction>();
/** A module's schema is the same object with every call: its text is not written out to find it. */
const bySchema = new WeakMap<JsonSchema, ValidateFunction>();

/**
 * A compiled schema, from a bounded cache.
 * @throws AppError `invalid_request` for one that is too large, too deep, remote, or no JSON Schema
 */
export function validatorFor(schema: JsonSchema): ValidateFunction {
  const same = bySchema.get(schema);
  if (same) return same;
  const validate = compiled(schema);
  bySchema.set(schema, validate);
  return validate;
}

function compiled(schema: JsonSchema): ValidateFunction {
  checkNode(schema, 0);
  const text = JSON.stringify(schema);
  const known = validators.get(text);
  if (known) return known;
  if (text.length > maxBytes) throw refuse(`larger than ${maxBytes / 1024} kB`);
  const regExp = Object.assign(stoppable, { code: 'stoppable' });
  const { Dialect, schema: bare } = dialectOf(schema);
  // Its optimizer needs seconds for a schema with a thousand fields.
  const code = { regExp, optimize: false };
  const ajv = new Dialect({ strict: false, validateFormats: false, logger: false, code });
  let validate: ValidateFunction;
  try {
    validate = ajv.compile(bare);
  } catch (error) {
    throw refuse((error as Error).message.slice(0, 300));
  }
  const oldest = validators.size >= cacheSize ? validators.keys().next().value : undefined;
  if (oldest !== undefined) validators.delete(oldest);
  validators.set(text, validate);
  return validate;
}

/** A reply held against its schema. */
export type SchemaResult =
  | { fits: true; json: unknown; repaired: boolean }
  | { fits: false; problems: string[] };

function problemsOf(validate: ValidateFunction): string[] {
  return (validate.errors ?? [])
    .slice(0, 20)
    .map((e) => `${e.instancePath || '/'} ${e.message ?? ''}`.trim());
}

function tryJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Beginnings of JSON that are tried in one text, and how long it may be. */
const maxStarts = 50;
const maxScanned = 1024 * 1024;

/** Whole JSON objects and lists that stand in a text, in their order; brackets inside JSON strings do not count. */
function* valuesIn(text: string): Generator<string> {
  let starts = 0;
  for (let at = 0; at < Math.min(text.length, maxScanned) && starts < maxStarts; at++) {
    const open = text[at];
    if (open !== '{' && open !== '[') continue;
    starts++;
    const end = endOfValue(text, at);
    if (end < 0) continue;
    yield text.slice(at, end);
    if (tryJson(text.slice(at, end))) at = end - 1;
  }
}

/** The place behind the bracket that closes the one at `from`; -1 where none does. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  let inString = false;
  for (let at = from; at < Math.min(text.length, maxScanned); at++) {
    const letter = text[at];
    if (inString) {
      if (letter === '\\') at++;
      else if (letter === '"') inString = false;
    } else if (letter === '"') inString = true;
    else if (letter === '{' || letter === '[') depth++;
    else if ((letter === '}' || letter === ']') && --depth === 0) return at + 1;
  }
  return -1;
}

/** The forms a model wraps JSON in, the mildest repair first. A text that was cut is never completed. */
function* readings(text: string, isCut: boolean): Generator<{ value: unknown; repaired: boolean }> {
  const whole = tryJson(text);
  if (whole) yield { ...whole, repaired: false };
  const fenced = /```(?:json)?\s*([\s\S]*?)```/i.exec(text)?.[1];
  if (isCut) return;
  const found = [...(fenced === undefined ? [] : [fenced]), ...valuesIn(text)];
  for (const candidate of found) {
    const read = tryJson(candidate);
    if (read) yield { ...read, repaired: true };
  }
  const braces = /[{[][\s\S]*[}\]]/.exec(text)?.[0];
  try {
    yield { value: JSON.parse(jsonrepair(fenced ?? braces ?? text)), repaired: true };
  } catch {
    // Beyond repair: what the earlier readings said stands.
  }
}

/**
 * Validates a reply, repairing what can be repaired: code fences, words around the JSON, broken syntax. The first JSON
 * value that fits is taken.
 * @param finish `length`: the reply was cut at its limit, and is not repaired into a whole one
 */
export function checkReply(
  schema: JsonSchema,
  text: string,
  finish: FinishReason | null = null,
): SchemaResult {
  const validate = validatorFor(schema);
  const isCut = finish === 'length';
  let problems = [isCut ? 'the reply was cut at its limit: raise max_tokens' : 'the reply is not JSON'];
  for (const { value, repaired } of readings(text, isCut)) {
    try {
      strikes = 0;
      if (validate(value)) return { fits: true, json: value, repaired };
      problems = problemsOf(validate);
    } catch {
      // Validation recurses as deep as schema and reply do.
      problems = ['the schema refers to itself without end'];
    }
  }
  return { fits: false, problems };
}
