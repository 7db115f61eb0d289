import type { AdapterName } from '../../../../contract/provider.ts';
import type { RuleTest } from '../../../../contract/provider.ts';
import { locationOf } from '../../../adapters/gemini-generate/param-places.ts';
import { jsonPointer } from '../../../adapters/shared/json-pointer.ts';
import { isObject, type JsonObject } from '../../lib/json.ts';

/**
 * A request as seen by rules: neutral parameters before the adapter, or the final body with headers and
 * query.
 */
export interface RuledRequest {
  body: JsonObject;
  /** null until they are known; a test of them is then undecided. */
  headers: Record<string, string> | null;
  query: Record<string, string> | null;
  /** JSON pointers into `body` where a parameter may be; the first match counts. */
  places(param: string): string[];
}

/** Other locations of a parameter: OpenRouter and Anthropic nest the effort. */
const nested: Record<string, string[]> = {
  reasoning_effort: ['/reasoning_effort', '/reasoning/effort', '/output_config/effort'],
  thinking_level: [
    '/thinking_level',
    '/thinkingLevel',
    '/thinkingConfig/thinkingLevel',
    '/thinking_config/thinking_level',
  ],
  thinking_budget: [
    '/thinking_budget',
    '/thinkingBudget',
    '/thinkingConfig/thinkingBudget',
    '/thinking_config/thinking_budget',
  ],
};

/** A parameter's locations among neutral parameters. */
export function paramPlaces(param: string): string[] {
  return Object.hasOwn(nested, param) ? (nested[param] ?? []) : [jsonPointer(param)];
}

/** A parameter's locations in the body of an adapter's request. */
export function bodyPlaces(adapter: AdapterName, param: string): string[] {
  if (adapter === 'gemini') {
    const location = locationOf(param, undefined);
    return location ? [jsonPointer(...location)] : [];
  }
  if (adapter === 'ollama') return [jsonPointer('options', param), jsonPointer(param)];
  return paramPlaces(param);
}

const names = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));

function childOf(node: unknown, name: string): unknown {
  if (Array.isArray(node)) return node.at(Number(name)) as unknown;
  return isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined;
}

/** The value at a JSON pointer; `-1` is the last entry of an array. */
export function valueAt(body: unknown, pointer: string): unknown {
  return names(pointer).reduce(childOf, body);
}

/** A copy of the body without the value at the pointer. An object left empty is removed too. */
export function withoutPlace(body: JsonObject, pointer: string): JsonObject {
  const [name = '', ...rest] = names(pointer);
  const { [name]: inner, ...others } = body;
  if (rest.length === 0 || !isObject(inner)) return others;
  const left = withoutPlace(inner, jsonPointer(...rest));
  return Object.keys(left).length ? { ...body, [name]: left } : others;
}

/** A copy of the body with a value at a pointer. */
export function withValueAt(body: JsonObject, pointer: string, value: unknown): JsonObject {
  const [name = '', ...rest] = names(pointer);
  const inner = rest.length
    ? withValueAt(isObject(body[name]) ? body[name] : {}, jsonPointer(...rest), value)
    : value;
  return { ...body, [name]: inner };
}

/** The pointer at which a parameter is set, and its value; undefined if it is not set. */
export function findParam(
  request: RuledRequest,
  param: string,
): { place: string; value: unknown } | undefined {
  for (const location of request.places(param)) {
    const value = valueAt(request.body, location);
    if (value !== undefined && value !== null) return { place: location, value };
  }
  return undefined;
}

/** Undefined if the request does not have it; null if that is not known yet. */
function read(request: RuledRequest, at: string): unknown {
  if (at.startsWith('header:')) return request.headers ? request.headers[at.slice(7).toLowerCase()] : null;
  if (at.startsWith('query:')) return request.query ? request.query[at.slice(6)] : null;
  if (at.startsWith('/')) return request.headers ? valueAt(request.body, at) : null;
  return findParam(request, at)?.value;
}

/** Whether a test holds; null if only the final request can tell. */
export function holds(test: RuleTest, request: RuledRequest): boolean | null {
  const value = read(request, test.at);
  if (value === null) return null;
  if (test.present !== undefined && (value !== undefined) !== test.present) return false;
  if (test.in && !test.in.includes(value)) return false;
  if (test.not_in?.includes(value)) return false;
  if (test.from !== undefined && !(typeof value === 'string' && value >= test.from)) return false;
  return test.before === undefined || (typeof value === 'string' && value < test.before);
}
