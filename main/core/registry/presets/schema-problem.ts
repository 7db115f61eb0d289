import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonSchema } from '../../../../contract/module-preset.ts';
import { isObject } from '../../lib/json.ts';

/** The same limit as for a call. */
const maxBytes = 64 * 1024;
const maxDepth = 32;

const options = { strict: false, validateFormats: false, logger: false } as const;
const makeDialects = () => ({ older: new Ajv(options), today: new Ajv2020(options) });
/** Each dialect first compiles its meta-schema; start-up must not wait for that. */
let dialects: ReturnType<typeof makeDialects> | undefined;

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function resolves(root: JsonSchema, ref: string): boolean {
  if (!ref.startsWith('#/')) return ref.startsWith('#');
  const names = ref
    .slice(2)
    .split('/')
    .map((name) => decoded(name).replaceAll('~1', '/').replaceAll('~0', '~'));
  let node: unknown = root;
  for (const name of names) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, name)) return false;
    node = (node as Record<string, unknown>)[name];
  }
  return true;
}

function patternProblem(pattern: string): string | undefined {
  try {
    void new RegExp(pattern, 'u');
    return undefined;
  } catch {
    return `${JSON.stringify(pattern.slice(0, 100))} is not a valid pattern`;
  }
}

function nodeProblem(root: JsonSchema, node: unknown, depth: number): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  if (depth > maxDepth) return `nested deeper than ${maxDepth}`;
  for (const [key, value] of Object.entries(node)) {
    const isRef = (key === '$ref' || key === '$dynamicRef') && typeof value === 'string';
    if (isRef && !resolves(root, value))
      return `"${value.slice(0, 200)}" is not in the schema, and remote references are not fetched`;
    const patterns =
      key === 'pattern' && typeof value === 'string'
        ? [value]
        : key === 'patternProperties' && isObject(value)
          ? Object.keys(value)
          : [];
    const problem = patterns.map(patternProblem).find(Boolean) ?? nodeProblem(root, value, depth + 1);
    if (problem) return problem;
  }
  return undefined;
}

function checked(schema: JsonSchema): string | undefined {
  if (JSON.stringify(schema).length > maxBytes) return `larger than ${maxBytes / 1024} kB`;
  const inside = nodeProblem(schema, schema, 0);
  if (inside) return inside;
  const { $schema, ...bare } = schema;
  const { older, today } = (dialects ??= makeDialects());
  const dialect = typeof $schema === 'string' && /draft-0[4-7]/.test($schema) ? older : today;
  if (dialect.validateSchema(bare)) return undefined;
  const [first] = dialect.errors ?? [];
  return `${first?.instancePath || '/'} ${first?.message ?? 'is not valid there'}`;
}

/**
 * Why a schema cannot validate replies; undefined if it can. The schema is checked, not compiled: a file may
 * contain many, and compiling one can take a second.
 */
export function schemaProblem(schema: JsonSchema | null | undefined): string | undefined {
  const problem = schema ? checked(schema) : undefined;
  return problem && `schema: ${problem}`;
}
