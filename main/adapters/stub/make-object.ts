import type { JsonObject } from '../define.ts';
import { arr, isObject, obj } from '../shared/read.ts';
import { maxOf } from './bounds.ts';
import { matches, samplesOf } from './pattern.ts';

type Make = (schemas: readonly unknown[]) => Generator<unknown>;
type Entry = [string, unknown];

/** Objects with their required fields, then with optional ones as well. */
export function* objects(schemas: readonly JsonObject[], make: Make): Generator<JsonObject> {
  const base: Entry[] = [];
  for (const name of requiredNames(schemas)) {
    const entry = entryOf(name, schemas, make);
    if (!entry) return;
    base.push(entry);
  }
  const size = maxOf(schemas, 'minProperties', 0);
  const optional = optionalNames(schemas).filter((name) => !base.some(([other]) => other === name));
  const filled = [...base];
  for (const name of optional) {
    if (filled.length >= size) break;
    const entry = entryOf(name, schemas, make);
    if (entry) filled.push(entry);
  }
  yield Object.fromEntries(filled);
  for (const name of optional) {
    const entry = filled.some(([other]) => other === name) ? undefined : entryOf(name, schemas, make);
    if (entry) yield Object.fromEntries([...filled, entry]);
  }
}

/** `required`, and the fields that `dependentRequired` adds. */
function requiredNames(schemas: readonly JsonObject[]): Set<string> {
  const names = new Set(schemas.flatMap((schema) => arr(schema.required).map(String)));
  for (const name of names) {
    for (const schema of schemas) {
      const dependent = obj(schema.dependentRequired);
      if (Object.hasOwn(dependent, name)) for (const other of arr(dependent[name])) names.add(String(other));
    }
  }
  return names;
}

/** Named properties, names by pattern, and a few generated ones for `minProperties`. */
function optionalNames(schemas: readonly JsonObject[]): string[] {
  return [
    ...new Set([
      ...schemas.flatMap((schema) => Object.keys(obj(schema.properties))),
      ...schemas.flatMap((schema) =>
        Object.keys(obj(schema.patternProperties)).flatMap((p) => [...samplesOf(p, 0)]),
      ),
      ...'abcdefgh',
    ]),
  ];
}

function entryOf(name: string, schemas: readonly JsonObject[], make: Make): Entry | undefined {
  for (const value of make(schemas.flatMap((schema) => valueSchemas(schema, name)))) return [name, value];
  return undefined;
}

/** The schemas that apply to the value under `name`. */
export function valueSchemas(schema: JsonObject, name: string): unknown[] {
  const { properties, patternProperties, additionalProperties } = schema;
  const own = isObject(properties) && Object.hasOwn(properties, name) ? [properties[name]] : [];
  const byPattern = Object.entries(obj(patternProperties)).flatMap(([pattern, value]) =>
    matches(pattern, name) === false ? [] : [value],
  );
  if (own.length + byPattern.length > 0) return [...own, ...byPattern];
  return additionalProperties === undefined ? [] : [additionalProperties];
}
