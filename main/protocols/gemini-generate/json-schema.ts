import type { JsonObject } from '../define.ts';
import { isObject } from '../shared/reader.ts';

/** Keys whose values map names to schemas. */
const maps = new Set(['properties', '$defs', 'definitions']);
/** Keys whose values are schemas, or lists of schemas. */
const schemas = new Set(['items', 'anyOf', 'oneOf', 'allOf', 'prefixItems', 'additionalProperties']);
/** Counts are strings in Google's JSON: `"minItems": "2"`. */
const counts = new Set(['minItems', 'maxItems', 'minLength', 'maxLength', 'minProperties', 'maxProperties']);

/**
 * Converts Gemini's `Schema` (a subset of OpenAPI 3.0) to JSON Schema: types in lower case, `nullable` as a
 * type, counts as numbers, `example` as `examples`. Source: ai.google.dev/api/caching#Schema
 */
export function toJsonSchema(schema: JsonObject): JsonObject {
  const out: JsonObject = {};
  const { nullable, ...fields } = schema;
  for (const [key, value] of Object.entries(fields)) {
    if (key === 'type') setType(out, value);
    else if (key === 'example') out['examples'] = [value];
    else if (maps.has(key) && isObject(value)) out[key] = mapValues(value);
    else if (schemas.has(key)) out[key] = nested(value);
    else if (counts.has(key) && typeof value === 'string') out[key] = Number(value);
    // OpenAPI's keyword for the order of fields; JSON Schema uses the order of `properties`.
    else if (key !== 'propertyOrdering') out[key] = value;
  }
  return nullable === true ? withNull(out) : out;
}

function setType(out: JsonObject, value: unknown): void {
  if (value === 'TYPE_UNSPECIFIED') return;
  out['type'] = typeof value === 'string' ? value.toLowerCase() : value;
}

function mapValues(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, nested(schema)]));
}

function nested(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nested);
  return isObject(value) ? toJsonSchema(value) : value;
}

function withNull(schema: JsonObject): JsonObject {
  const { type } = schema;
  if (typeof type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const choices = schema['enum'];
  return { ...schema, type: [type, 'null'], ...(Array.isArray(choices) ? { enum: [...choices, null] } : {}) };
}
