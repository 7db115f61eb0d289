import type { Reason } from '../../../contract/reasons.ts';
import type { JsonObject } from '../define.ts';
import { reason } from '../shared/reason.ts';
import { arr, isObject } from '../shared/read.ts';

type Note = (key: string, from: unknown, to: unknown, why: Reason) => void;

/** `const` as an enum with one value. */
export function withoutConst(schema: JsonObject, note: Note): JsonObject {
  if (schema.const === undefined) return schema;
  const { const: value, ...rest } = schema;
  note(
    'const',
    value,
    null,
    reason('const_as_enum', {}, 'not known there: an enum of one value says the same'),
  );
  const type = rest.type ?? typeNameOf(value);
  return { ...rest, ...(type === undefined ? {} : { type }), enum: [value] };
}

/**
 * Converts a list of types, or `null` in an `anyOf` or an enum, to `nullable` and one type, or an `anyOf` of
 * the types.
 */
export function withoutTypeList(schema: JsonObject, note: Note): JsonObject {
  return nullableEnum(singleAlternative(singleType(schema, note), note), note);
}

function singleType(schema: JsonObject, note: Note): JsonObject {
  if (!Array.isArray(schema.type)) return schema;
  const { type, ...rest } = schema;
  const types = arr(type).filter((name) => name !== 'null');
  const nullable = types.length < arr(type).length ? { nullable: true } : {};
  if (types.length === 1) {
    note(
      'type',
      type,
      types[0],
      reason('one_type_only', { nullable: true }, 'one type only is known there, and nullable'),
    );
    return { ...rest, type: types[0], ...nullable };
  }
  note(
    'type',
    type,
    { anyOf: types },
    reason('one_type_only', { nullable: false }, 'one type only is known there'),
  );
  return { ...rest, ...nullable, anyOf: [...arr(rest.anyOf), ...types.map((name) => ({ type: name }))] };
}

function singleAlternative(schema: JsonObject, note: Note): JsonObject {
  const all = arr(schema.anyOf);
  const others = all.filter((part) => !(isObject(part) && part.type === 'null'));
  if (others.length === all.length) return schema;
  note('anyOf', all, others, reason('null_as_nullable', {}, '"null" is no type there: nullable says it'));
  const { anyOf: _, ...rest } = schema;
  if (others.length === 1 && isObject(others[0])) return { ...rest, ...others[0], nullable: true };
  return { ...rest, anyOf: others, nullable: true };
}

function nullableEnum(schema: JsonObject, note: Note): JsonObject {
  if (!arr(schema.enum).includes(null)) return schema;
  const values = arr(schema.enum).filter((value) => value !== null);
  note('enum', schema.enum, values, reason('null_as_nullable', {}, 'null is expressed by nullable there'));
  return { ...schema, enum: values, nullable: true };
}

/** Whether all values are numbers, or all booleans, matching the schema's type. */
export function isEnumOfOneType(values: unknown[], type: string | undefined): boolean {
  const wanted = type === 'boolean' ? 'boolean' : 'number';
  return type !== 'string' && values.length > 0 && values.every((value) => typeof value === wanted);
}

function typeNameOf(value: unknown): string | undefined {
  const name = typeof value;
  return name === 'string' || name === 'number' || name === 'boolean' ? name : undefined;
}
