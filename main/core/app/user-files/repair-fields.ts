import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { z } from 'zod';
import type { FileRepair } from '../../../../contract/user-file.ts';
import { isObject } from '../../lib/json.ts';
import { suggest } from '../../lib/suggest.ts';
import { placeAt, treeOf } from './json-place.ts';

/** Names of these fields in other programs. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  base: ['base_url', 'baseUrl', 'baseURL', 'url', 'endpoint', 'api_base'],
  adapter: ['type', 'api', 'protocol'],
  name: ['id'],
  id: ['name', 'model'],
};

interface Definition {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  valueType?: z.ZodType;
  innerType?: z.ZodType;
  in?: z.ZodType;
  options?: readonly z.ZodType[];
}

const definitionOf = (schema: z.ZodType) => schema.def as unknown as Definition;

/** The fields that an object at this place may have; empty if it is not an object. */
function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const { type, shape, element, valueType, innerType, in: input, options } = definitionOf(schema);
  const under = innerType ?? input;
  if (under) return fieldsAt(under, path);
  if (options) return options.flatMap((option) => fieldsAt(option, path));
  const [first, ...rest] = path;
  if (first === undefined) return type === 'object' && shape ? Object.keys(shape) : [];
  const next = type === 'array' ? element : type === 'record' ? valueType : shape?.[String(first)];
  return next ? fieldsAt(next, rest) : [];
}

interface Edit {
  node: Node;
  text: string;
  repair: Omit<FileRepair, 'line'>;
}

function rename(root: Node, at: readonly PropertyKey[], from: string, to: string): Edit | undefined {
  const value = findNodeAtLocation(root, [...at, from] as (string | number)[]);
  const node = value?.parent?.children?.[0];
  return node && { node, text: JSON.stringify(to), repair: { what: 'rename', from, to } };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

/**
 * The number or boolean that a text means, if there is only one interpretation: `$1`, `" 0.5 USD"`, `"true"`.
 */
function meant(text: string, expected: string): number | boolean | undefined {
  const bare = text.trim();
  if (expected === 'boolean') return { true: true, false: false }[bare.toLowerCase()];
  if (expected !== 'number' && expected !== 'int') return undefined;
  const digits = /^\$?\s?(-?\d{1,15}(?:\.\d{1,15})?)(?:\s?(?:usd|\$))?$/i.exec(bare)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function setValue(root: Node, path: readonly PropertyKey[], value: unknown): Edit | undefined {
  const node = findNodeAtLocation(root, path as (string | number)[]);
  if (!node) return undefined;
  const from = String(node.value).slice(0, 60);
  return { node, text: JSON.stringify(value), repair: { what: 'value', from, to: String(value) } };
}

/** An existing field that is most likely a misspelling of a missing one. */
function forMissing(root: Node, at: readonly PropertyKey[], field: string, known: string[], value: unknown) {
  const object = valueAt(value, at);
  if (!isObject(object)) return undefined;
  const strangers = Object.keys(object).filter((key) => !known.includes(key));
  const other = strangers.find((key) => otherNames[field]?.includes(key)) ?? suggest(field, strangers);
  return other === undefined ? undefined : rename(root, at, other, field);
}

function editFor(root: Node, issue: z.core.$ZodIssue, schema: z.ZodType, value: unknown): Edit | undefined {
  const { path } = issue;
  const written = valueAt(value, path);
  if (issue.code === 'unrecognized_keys') {
    const known = fieldsAt(schema, path).filter((key) => !Object.hasOwn(Object(written) as object, key));
    for (const key of issue.keys) {
      const near = suggest(key, known);
      const edit = near === undefined ? undefined : rename(root, path, key, near);
      if (edit) return edit;
    }
    return undefined;
  }
  if (written === undefined && path.length > 0) {
    const at = path.slice(0, -1);
    return forMissing(root, at, String(path.at(-1)), fieldsAt(schema, at), value);
  }
  if (typeof written !== 'string') return undefined;
  if (issue.code === 'invalid_type') {
    const better = meant(written, issue.expected);
    return better === undefined ? undefined : setValue(root, path, better);
  }
  if (issue.code === 'invalid_value') {
    const near = suggest(written.trim().replaceAll(/[\s-]+/g, '_'), issue.values.map(String));
    return near === undefined ? undefined : setValue(root, path, near);
  }
  return undefined;
}

/** With more edits than this, the result would be a different file. */
const maxEdits = 25;

/**
 * Renames fields and converts values to fit the schema, where the intention is clear: one letter wrong in a
 * name or a choice, a number in quotes. Everything else stays byte for byte.
 */
export function repairFields(
  text: string,
  parse: (text: string) => unknown,
  schema: z.ZodType,
): { text: string; repairs: FileRepair[] } {
  const repairs: FileRepair[] = [];
  let now = text;
  while (repairs.length < maxEdits) {
    const value = parse(now);
    const root = treeOf(now);
    const result = schema.safeParse(value, { jitless: true });
    if (!root || result.success) break;
    const edit = result.error.issues.map((issue) => editFor(root, issue, schema, value)).find(Boolean);
    if (!edit) break;
    const { offset, length } = edit.node;
    repairs.push({ ...edit.repair, line: placeAt(now, offset).line });
    now = now.slice(0, offset) + edit.text + now.slice(offset + length);
  }
  return { text: now, repairs };
}

/** As `repairFields`, for unknown fields that no schema forbids. */
export function repairMisspelt(
  text: string,
  value: unknown,
  schema: z.ZodType,
): { text: string; repairs: FileRepair[] } {
  const repairs: FileRepair[] = [];
  let now = text;
  if (!isObject(value)) return { text, repairs };
  const known = fieldsAt(schema, []);
  const free = known.filter((key) => !Object.hasOwn(value, key));
  for (const key of Object.keys(value).filter((one) => !known.includes(one))) {
    const near = suggest(key, free);
    const root = treeOf(now);
    const edit = near === undefined || !root ? undefined : rename(root, [], key, near);
    if (!edit || near === undefined) continue;
    free.splice(free.indexOf(near), 1);
    const { offset, length } = edit.node;
    repairs.push({ ...edit.repair, line: placeAt(now, offset).line });
    now = now.slice(0, offset) + edit.text + now.slice(offset + length);
  }
  return { text: now, repairs };
}
