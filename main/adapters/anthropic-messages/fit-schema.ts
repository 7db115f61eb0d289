import type { Reason } from '../../../contract/reasons.ts';
import type { JsonObject } from '../define.ts';
import { arr, isObject, str } from '../shared/read.ts';
import { reason } from '../shared/reason.ts';
import {
  blocker,
  isWritten,
  keepsKeyword,
  limits,
  maps,
  blockerIn,
  silent,
  tooMany,
} from './output-keywords.ts';

/** One change, by JSON pointer into the body. */
export interface SchemaEdit {
  path: string;
  from: unknown;
  to: unknown;
  why: Reason;
}

/** A schema within the protocol's subset; `blocker` says why no equivalent schema exists. */
export interface FittedSchema {
  schema: JsonObject;
  edits: SchemaEdit[];
  blocker?: Reason;
}

/** The field that the schema goes into. */
const field = 'output_config.format';

interface Fitting {
  edits: SchemaEdit[];
  blockers: Reason[];
  optional: number;
  unions: number;
}

/**
 * Narrows a JSON Schema to what `output_config.format` compiles: objects are closed, `oneOf` becomes `anyOf`,
 * and value bounds are moved to the description for the model. A reply that fits the narrowed schema also
 * fits the original, except for those bounds, which the caller checks. Does not modify its arguments.
 */
export function fitSchema(schema: JsonObject, path: string): FittedSchema {
  const state: Fitting = { edits: [], blockers: [], optional: 0, unions: 0 };
  const fitted = fitNode(schema, path, state);
  return { schema: fitted, edits: state.edits, blocker: state.blockers[0] ?? tooLarge(state) };
}

function fitNode(node: unknown, path: string, state: Fitting): JsonObject {
  if (!isObject(node)) {
    state.blockers.push(blocker('anything'));
    return {};
  }
  const named = typed(renamed(node, path, state), path, state);
  const ref = str(named.$ref);
  if (ref !== undefined && !ref.startsWith('#')) state.blockers.push(blocker('other_document'));
  const accepted = withoutRefused(named, path, state);
  const fitted = Object.fromEntries(
    Object.entries(accepted).map(([key, value]) => [key, fitKeyword(key, value, `${path}/${key}`, state)]),
  );
  const problem = blockerIn(fitted, named);
  if (problem !== undefined) state.blockers.push(blocker(problem));
  return closed(counted(fitted, state), path, state);
}

/** Equivalent forms: `oneOf` becomes `anyOf`, and an `allOf` with one schema becomes that schema. */
function renamed(node: JsonObject, path: string, state: Fitting): JsonObject {
  const { oneOf, allOf, ...rest } = node;
  const [only] = Array.isArray(allOf) && allOf.length === 1 ? (allOf as unknown[]) : [];
  if (isObject(only) && !('type' in rest) && !('properties' in rest)) {
    state.edits.push({
      path: `${path}/allOf`,
      from: allOf,
      to: null,
      why: reason('all_of_one', {}, 'an allOf of one schema is that schema'),
    });
    return renamed({ ...only, ...rest, ...(oneOf === undefined ? {} : { oneOf }) }, path, state);
  }
  if (allOf !== undefined) state.blockers.push(blocker('all_of'));
  if (!Array.isArray(oneOf)) return rest;
  if ('anyOf' in rest) state.blockers.push(blocker('one_of_beside_any_of'));
  state.edits.push({
    path: `${path}/anyOf`,
    from: 'oneOf',
    to: 'anyOf',
    why: reason('one_of_as_any_of', {}, 'this protocol has no oneOf'),
  });
  return { ...rest, anyOf: oneOf };
}

/** Adds the type that the API requires: a schema with properties is an object, one with items is an array. */
function typed(node: JsonObject, path: string, state: Fitting): JsonObject {
  if (['type', 'anyOf', '$ref'].some((key) => key in node)) return node;
  const type = 'properties' in node ? 'object' : 'items' in node ? 'array' : undefined;
  if (type === undefined) return node;
  state.edits.push({
    path: `${path}/type`,
    from: null,
    to: type,
    why: reason('type_required', { field }, 'output_config.format wants a type here'),
  });
  return { type, ...node };
}

/**
 * Removes keywords that the API refuses. Value bounds are moved to the description, so that the model knows
 * them.
 */
function withoutRefused(node: JsonObject, path: string, state: Fitting): JsonObject {
  const accepted: [string, unknown][] = [];
  const notes: string[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (keepsKeyword(key, value, node)) {
      accepted.push([key, value]);
      continue;
    }
    if (!isWritten(key, value)) continue;
    const toModel = !silent.has(key) && !('$ref' in node);
    if (toModel) notes.push(`${key}: ${JSON.stringify(value)}`);
    const text = `output_config.format refuses ${key} here${toModel ? ': the description says it' : ''}`;
    const why = reason('keyword_refused', { field, keyword: key, in_description: toModel }, text);
    state.edits.push({ path: `${path}/${key}`, from: value, to: null, why });
  }
  if (notes.length === 0) return Object.fromEntries(accepted);
  const description = [str(node.description), `(${notes.join(', ')})`].filter(Boolean).join(' ');
  return { ...Object.fromEntries(accepted), description };
}

function fitKeyword(key: string, value: unknown, path: string, state: Fitting): unknown {
  if (maps.has(key) && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, schema]) => [
        name,
        fitNode(schema, `${path}/${pointer(name)}`, state),
      ]),
    );
  }
  if (key === 'anyOf' && Array.isArray(value)) {
    return value.map((schema: unknown, index) => fitNode(schema, `${path}/${index}`, state));
  }
  return key === 'items' ? fitNode(value, path, state) : value;
}

/** The API counts these over the whole schema, and refuses schemas above its limits. */
function counted(node: JsonObject, state: Fitting): JsonObject {
  if (Array.isArray(node.type) || 'anyOf' in node) state.unions += 1;
  if (!isObject(node.properties)) return node;
  const required = arr(node.required);
  state.optional += Object.keys(node.properties).filter((name) => !required.includes(name)).length;
  return node;
}

function tooLarge(state: Fitting): Reason | undefined {
  if (state.optional > limits.optional) return tooMany('optional');
  return state.unions > limits.unions ? tooMany('union') : undefined;
}

/** Every object needs `additionalProperties: false`. */
function closed(node: JsonObject, path: string, state: Fitting): JsonObject {
  const isMap = node.type === 'object' || (Array.isArray(node.type) && node.type.includes('object'));
  if (!isMap || node.additionalProperties === false) return node;
  const text = 'output_config.format takes objects only where no further properties are allowed';
  state.edits.push({
    path: `${path}/additionalProperties`,
    from: node.additionalProperties,
    to: false,
    why: reason('objects_closed', { field }, text),
  });
  return { ...node, additionalProperties: false };
}

function pointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
