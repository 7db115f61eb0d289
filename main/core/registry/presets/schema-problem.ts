import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { CodedText } from '../../../../contract/coded-texts.ts';
import type { JsonSchema } from '../../../../contract/module-preset.ts';
import { codedText } from '../../lib/coded-text.ts';
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

type Problem = CodedText<'preset_problem'>;

/** Why a schema cannot validate replies, in the words of a validator. */
export const schemaRefused = (message: string): Problem =>
  codedText('preset_problem', 'schema', { message }, message);

function patternProblem(written: string): Problem | undefined {
  try {
    void new RegExp(written, 'u');
    return undefined;
  } catch {
    const pattern = written.slice(0, 100);
    const message = `schema: ${JSON.stringify(pattern)} is not a valid pattern`;
    return codedText('preset_problem', 'schema_pattern', { pattern }, message);
  }
}

function missing(written: string): Problem {
  const reference = written.slice(0, 200);
  const message = `schema: "${reference}" is not in the schema, and remote references are not fetched`;
  return codedText('preset_problem', 'schema_reference', { reference }, message);
}

function tooDeep(): Problem {
  const message = `schema: nested deeper than ${maxDepth}`;
  return codedText('preset_problem', 'schema_too_deep', { levels: maxDepth }, message);
}

function tooLarge(): Problem {
  const kilobytes = maxBytes / 1024;
  return codedText(
    'preset_problem',
    'schema_too_large',
    { kilobytes },
    `schema: larger than ${kilobytes} kB`,
  );
}

function nodeProblem(root: JsonSchema, node: unknown, depth: number): Problem | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  if (depth > maxDepth) return tooDeep();
  for (const [key, value] of Object.entries(node)) {
    const isRef = (key === '$ref' || key === '$dynamicRef') && typeof value === 'string';
    if (isRef && !resolves(root, value)) return missing(value);
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

function checked(schema: JsonSchema): Problem | undefined {
  if (JSON.stringify(schema).length > maxBytes) return tooLarge();
  const inside = nodeProblem(schema, schema, 0);
  if (inside) return inside;
  const { $schema, ...bare } = schema;
  const { older, today } = (dialects ??= makeDialects());
  const dialect = typeof $schema === 'string' && /draft-0[4-7]/.test($schema) ? older : today;
  if (dialect.validateSchema(bare)) return undefined;
  const [first] = dialect.errors ?? [];
  return schemaRefused(`schema: ${first?.instancePath || '/'} ${first?.message ?? 'is not valid there'}`);
}

/**
 * Why a schema cannot validate replies; undefined if it can. The schema is checked, not compiled: a file may
 * contain many, and compiling one can take a second.
 */
export function schemaProblem(schema: JsonSchema | null | undefined): Problem | undefined {
  return schema ? checked(schema) : undefined;
}
