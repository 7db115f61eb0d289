import type { Reason } from '../../../contract/reasons.ts';
import type { JsonObject } from '../define.ts';
import { jsonPointer } from '../shared/json-pointer.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { arr, isObject, obj, str } from '../shared/read.ts';
import { inlined, type Inlining } from './schema-refs.ts';
import { isEnumOfOneType, withoutConst, withoutTypeList } from './schema-subset.ts';

/** Every field of Gemini's Schema. Source: https://ai.google.dev/api/caching#Schema */
const known = new Set([
  'anyOf',
  'default',
  'description',
  'enum',
  'example',
  'format',
  'items',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'nullable',
  'pattern',
  'properties',
  'propertyOrdering',
  'required',
  'title',
  'type',
]);

const formats: Record<string, readonly string[]> = {
  string: ['enum', 'date-time'],
  number: ['float', 'double', 'enum'],
  integer: ['int32', 'int64', 'enum'],
};

type Path = readonly (string | number)[];

/**
 * Converts a JSON Schema to the OpenAPI subset that `responseSchema` and `parameters` accept; a keyword
 * outside it is a 400. Every edit is reported with its place under `path`, except that type names are
 * upper-cased throughout.
 */
export function toOpenApiSchema(schema: JsonObject, path: Path, report: ParameterReport): JsonObject {
  report.rewrite(
    jsonPointer(...path),
    'JSON Schema',
    'OpenAPI subset',
    reason('type_names_in_capitals', {}, 'type names are written in capitals there'),
  );
  return convert(schema, path, { root: schema, open: [] }, report);
}

function convert(value: unknown, path: Path, refs: Inlining, report: ParameterReport): JsonObject {
  const note = (key: string, from: unknown, to: unknown, why: Reason): void =>
    report.rewrite(jsonPointer(...path, key), from, to, why);
  const found = inlined(obj(value), refs, note);
  const schema = withoutTypeList(withoutConst(merged(found.schema, note), note), note);
  const type = str(schema.type) ?? impliedType(schema);
  const out: JsonObject = {};
  if (type !== undefined) out.type = type.toUpperCase();
  for (const [key, value] of Object.entries(schema)) {
    if (value === undefined || value === null || key === 'type') continue;
    if (!known.has(key)) note(key, value, null, unknownKeyword(key));
    else if (key === 'properties') out[key] = properties(value, path, found.refs, report);
    else if (key === 'items') out[key] = convert(value, [...path, key], found.refs, report);
    else if (key === 'anyOf')
      out[key] = arr(value).map((s, i) => convert(s, [...path, key, i], found.refs, report));
    else if (key === 'enum') Object.assign(out, enumOf(arr(value), type, note));
    else if (key === 'format' && !(formats[type ?? ''] ?? []).includes(String(value))) {
      note(key, value, null, unknownFormat(type));
    } else out[key] = value;
  }
  return out;
}

type Note = (key: string, from: unknown, to: unknown, why: Reason) => void;

function unknownKeyword(keyword: string): Reason {
  const values = { field: 'responseSchema', keyword, in_description: false };
  return reason('keyword_refused', values, 'responseSchema does not know this keyword and refuses it');
}

function unknownFormat(type: string | undefined): Reason {
  const text = `no format Gemini takes for ${type ?? 'any'}`;
  return reason('format_refused', { api: 'Gemini', type: type ?? null }, text);
}

function properties(value: unknown, path: Path, refs: Inlining, report: ParameterReport): JsonObject {
  return Object.fromEntries(
    Object.entries(obj(value)).map(([name, inner]) => [
      name,
      convert(inner, [...path, 'properties', name], refs, report),
    ]),
  );
}

/** Enum values are strings there; other values become strings with the format "enum". */
function enumOf(values: unknown[], type: string | undefined, note: Note): JsonObject {
  if (values.every((value) => typeof value === 'string')) return { enum: values };
  if (!isEnumOfOneType(values, type)) {
    note(
      'enum',
      values,
      null,
      reason('enum_of_several_types', {}, 'enum values have to be of one type there'),
    );
    return {};
  }
  note(
    'enum',
    values,
    values.map(String),
    reason('enum_as_text', {}, 'enum values are written as strings there'),
  );
  return { enum: values.map(String), format: 'enum' };
}

function impliedType(schema: JsonObject): string | undefined {
  if (isObject(schema.properties)) return 'object';
  if (schema.items !== undefined) return 'array';
  if (arr(schema.enum).length > 0 && arr(schema.enum).every((value) => typeof value === 'string'))
    return 'string';
  return undefined;
}

/** `oneOf` becomes `anyOf`; the parts of `allOf` are merged. */
function merged(schema: JsonObject, note: Note): JsonObject {
  const { oneOf, allOf, ...rest } = schema;
  if (oneOf !== undefined)
    note('oneOf', oneOf, 'anyOf', reason('one_of_as_any_of', {}, 'only anyOf is known there'));
  const own = oneOf === undefined ? rest : { ...rest, anyOf: [...arr(rest.anyOf), ...arr(oneOf)] };
  if (allOf === undefined) return own;
  note('allOf', allOf, null, reason('all_of_merged', {}, 'not known there: its parts are put together'));
  return arr(allOf).reduce<JsonObject>((sum, part) => {
    const { properties: more, required, ...other } = obj(part);
    return {
      ...sum,
      ...other,
      ...(isObject(more) ? { properties: { ...obj(sum.properties), ...more } } : {}),
      ...(required === undefined ? {} : { required: [...new Set([...arr(sum.required), ...arr(required)])] }),
    };
  }, own);
}
