import type { JsonObject } from '../define.ts';
import { arr, num, obj } from '../shared/read.ts';
import { valueSchemas } from './make-object.ts';
import { matches } from './pattern.ts';
import type { Verdict } from './verdict.ts';

/** Checks the object keywords. */
export function* fitsObject(
  schema: JsonObject,
  value: JsonObject,
  fits: (schema: unknown, value: unknown) => Verdict,
): Generator<Verdict> {
  const names = Object.keys(value);
  yield (
    names.length >= (num(schema.minProperties) ?? 0) &&
      names.length <= (num(schema.maxProperties) ?? Infinity)
  );
  yield arr(schema.required).every((name) => Object.hasOwn(value, String(name)));
  const patterns = Object.keys(obj(schema.patternProperties));
  if (names.some((name) => patterns.some((pattern) => matches(pattern, name) === undefined)))
    return yield undefined;
  for (const name of names) {
    for (const other of valueSchemas(schema, name)) yield fits(other, value[name]);
    if (schema.propertyNames !== undefined) yield fits(schema.propertyNames, name);
    yield* dependents(schema, name, value, fits);
  }
  if (schema.unevaluatedProperties !== undefined) {
    yield names.every((name) => Object.hasOwn(obj(schema.properties), name)) || undefined;
  }
}

function* dependents(
  schema: JsonObject,
  name: string,
  value: JsonObject,
  fits: (schema: unknown, value: unknown) => Verdict,
): Generator<Verdict> {
  const required = obj(schema.dependentRequired);
  if (Object.hasOwn(required, name))
    yield arr(required[name]).every((other) => Object.hasOwn(value, String(other)));
  const schemas = obj(schema.dependentSchemas);
  if (Object.hasOwn(schemas, name)) yield fits(schemas[name], value);
}
