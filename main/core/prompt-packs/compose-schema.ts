import { isObject, type JsonObject } from '../lib/json.ts';

/** Keywords allowed in both schemas: they are merged, all others may be in only one. */
const joined = ['properties', 'required', 'items'];

function join(base: JsonObject, own: JsonObject, path: string, top: boolean): JsonObject {
  for (const key of Object.keys(own)) {
    if (key in base && !joined.includes(key))
      throw new SchemaClash(`${path}/${key}`, `the module's schema says "${key}" already`);
  }
  const out: JsonObject = { ...base, ...own };
  if (Array.isArray(base['required']) || Array.isArray(own['required']))
    out['required'] = [
      ...new Set([...((base['required'] as unknown[]) ?? []), ...((own['required'] as unknown[]) ?? [])]),
    ];
  if (isObject(base['items']) && isObject(own['items']))
    out['items'] = join(base['items'], own['items'], `${path}/items`, false);
  if (isObject(base['properties']) && isObject(own['properties']))
    out['properties'] = joinProperties(base, own, path, top);
  return out;
}

function joinProperties(base: JsonObject, own: JsonObject, path: string, top: boolean): JsonObject {
  const theirs = base['properties'] as JsonObject;
  const out = { ...theirs };
  for (const [name, schema] of Object.entries(own['properties'] as JsonObject)) {
    const at = `${path}/properties/${name}`;
    const shared = theirs[name];
    if (shared === undefined && !top && base['additionalProperties'] === false)
      throw new SchemaClash(at, "the module's schema allows no further properties here");
    out[name] = isObject(shared) && isObject(schema) ? join(shared, schema, at, false) : schema;
  }
  return out;
}

/** A pack's schema that conflicts with its module's; `path` is a JSON pointer. */
export class SchemaClash extends Error {
  readonly path: string;

  constructor(path: string, reason: string) {
    super(reason);
    this.path = path;
  }
}

/**
 * Combines a pack's `output.schema.json` with its module's schema. With `"extends": "module"` the file adds
 * to the module's schema: further properties at the top level, further limits inside, so that a valid reply
 * is also valid for the module except for those properties. Otherwise the file is used alone.
 * @returns null for free text: no schema, and a module without one
 * @throws SchemaClash for anything that the module's schema already sets, or forbids
 */
export function composeSchema(file: JsonObject, module: JsonObject | undefined): JsonObject | null {
  const { extends: base, ...own } = file;
  if (base !== undefined && base !== 'module')
    throw new SchemaClash('/extends', '"module" is what a schema can extend');
  const under = base === 'module' ? module : undefined;
  if (!under) return Object.keys(own).length ? own : null;
  return join(under, own, '', true);
}
