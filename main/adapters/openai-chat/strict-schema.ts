import type { JsonObject } from '../define.ts';
import { arr, isObject } from '../shared/read.ts';

/**
 * Keywords that strict mode supports. Others are refused or (`default`) not documented, so `strict` stays
 * off.
 */
const taken = new Set(
  [
    'type properties required additionalProperties items enum const anyOf $ref $defs definitions title description',
    'pattern format multipleOf minimum maximum exclusiveMinimum exclusiveMaximum minItems maxItems',
  ].flatMap((line) => line.split(' ')),
);

/** Nesting depth of objects: Azure allows five levels, OpenAI ten. */
const deepest = 5;

/**
 * Whether a schema already follows the rules of OpenAI's strict mode: the root is an object, every object has
 * `additionalProperties: false` and requires all its properties, and only supported keywords are used
 * (developers.openai.com/api/docs/guides/structured-outputs, "Supported schemas").
 */
export function fitsStrictMode(schema: JsonObject): boolean {
  return schema.type === 'object' && schema.anyOf === undefined && fits(schema, 1);
}

function fits(schema: unknown, level: number): boolean {
  if (!isObject(schema) || Object.keys(schema).some((keyword) => !taken.has(keyword))) return false;
  if (!isObjectSchema(schema)) return subschemas(schema).every((inner) => fits(inner, level));
  return (
    level <= deepest && objectFits(schema) && subschemas(schema).every((inner) => fits(inner, level + 1))
  );
}

function isObjectSchema(schema: JsonObject): boolean {
  return schema.properties !== undefined || [schema.type, ...arr(schema.type)].includes('object');
}

function objectFits(schema: JsonObject): boolean {
  if (schema.additionalProperties !== false || !isObject(schema.properties)) return false;
  const required = new Set(arr(schema.required));
  return Object.keys(schema.properties).every((name) => required.has(name));
}

function subschemas(schema: JsonObject): unknown[] {
  const named = [schema.properties, schema.$defs, schema.definitions].filter((map) => map !== undefined);
  return [
    ...named.flatMap((map) => (isObject(map) ? Object.values(map) : [null])),
    ...(schema.items === undefined ? [] : [schema.items]),
    ...arr(schema.anyOf),
  ];
}
