import { createContext, Script, type Context } from 'node:vm';
import { Ajv } from 'ajv';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { LRUCache } from 'lru-cache';
import type { JsonSchema } from '../../../../contract/module-preset.ts';
import { AppError } from '../../lib/app-error.ts';
import { isObject } from '../../lib/json.ts';

const maxBytes = 64 * 1024;
const maxDepth = 32;
/**
 * Schemas are untrusted: a backtracking pattern, `uniqueItems` over a long array or a deep `oneOf` must not
 * run forever.
 */
const compileMs = 2000;
const validateMs = 1000;

const refuse = (reason: string) =>
  new AppError('invalid_request', `schema: ${reason}`, { fields: [{ path: 'schema', message: reason }] });

function checkNode(node: unknown, depth: number): void {
  if (depth > maxDepth) throw refuse(`nested deeper than ${maxDepth}`);
  if (Array.isArray(node)) for (const item of node) checkNode(item, depth + 1);
  else if (isObject(node)) {
    for (const [key, value] of Object.entries(node)) {
      if ((key === '$ref' || key === '$dynamicRef') && typeof value === 'string' && !value.startsWith('#'))
        throw refuse(`"${value.slice(0, 200)}" is a remote reference, and none is fetched`);
      checkNode(value, depth + 1);
    }
  }
}

let arena: Context | undefined;
const running = new Script('task()');

/**
 * Runs a function with a time limit.
 * @throws an error with the code `ERR_SCRIPT_EXECUTION_TIMEOUT`
 */
function withinTime<T>(task: () => T, ms: number): T {
  arena ??= createContext({});
  try {
    arena['task'] = task;
    return running.runInContext(arena, { timeout: ms }) as T;
  } finally {
    arena['task'] = undefined;
  }
}

const tookTooLong = (error: unknown) =>
  (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** The dialect that a schema's `$schema` names; 2020-12 by default. The address itself is never fetched. */
function dialectOf({ $schema, ...schema }: JsonSchema) {
  const older = typeof $schema === 'string' && /draft-0[4-7]/.test($schema);
  return { Dialect: older ? Ajv : Ajv2020, schema };
}

/** The result of validating a value against a schema. */
export interface SchemaVerdict {
  /** Empty if the value is valid. */
  problems: string[];
  tookTooLong: boolean;
}

export type SchemaValidator = (value: unknown) => SchemaVerdict;

const validators = new LRUCache<string, SchemaValidator>({ max: 100 });

/**
 * A compiled validator from a bounded cache. The validator never throws and returns within a second.
 * @throws AppError `invalid_request` for a schema that is too large, too deep, remote or not a JSON Schema
 */
export function validatorFor(schema: JsonSchema): SchemaValidator {
  checkNode(schema, 0);
  const text = JSON.stringify(schema);
  const known = validators.get(text);
  if (known) return known;
  if (text.length > maxBytes) throw refuse(`larger than ${maxBytes / 1024} kB`);
  const validator = timeLimited(compile(schema));
  validators.set(text, validator);
  return validator;
}

function compile(schema: JsonSchema): ValidateFunction {
  const { Dialect, schema: bare } = dialectOf(schema);
  // The optimizer needs seconds for a schema with a thousand fields.
  const ajv = new Dialect({
    strict: false,
    validateFormats: false,
    logger: false,
    code: { optimize: false },
  });
  try {
    return withinTime(() => ajv.compile(bare), compileMs);
  } catch (error) {
    if (tookTooLong(error)) throw refuse(`cannot be compiled within ${compileMs / 1000} s`);
    // Each field nests the compiled code one level deeper; how many fit depends on the system.
    if (error instanceof RangeError) throw refuse('has too many fields in one object to be compiled');
    throw refuse((error as Error).message.slice(0, 300));
  }
}

function timeLimited(validate: ValidateFunction): SchemaValidator {
  return (value) => {
    try {
      const fits = withinTime(() => validate(value), validateMs) === true;
      return { problems: fits ? [] : problemsOf(validate), tookTooLong: false };
    } catch (error) {
      if (tookTooLong(error))
        return { problems: [`it could not be checked within ${validateMs / 1000} s`], tookTooLong: true };
      // Validation recurses as deep as the schema and the reply.
      return { problems: ['the schema refers to itself without end'], tookTooLong: false };
    }
  };
}

function problemsOf(validate: ValidateFunction): string[] {
  const problems = (validate.errors ?? [])
    .slice(0, 20)
    .map((e) => `${e.instancePath || '/'} ${e.message ?? ''}`.trim());
  return problems.length ? problems : ['it does not fit'];
}
