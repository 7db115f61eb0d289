import type { JsonObject } from '../define.ts';
import { fitting } from './instances.ts';
import { GaveUp, Search } from './search.ts';

/**
 * The smallest JSON value that satisfies a JSON Schema (2020-12, with OpenAPI's `nullable`): no optional
 * fields, the shortest texts and arrays, the first alternative that works. Deterministic, limited in steps,
 * never throws. undefined if none is found: a contradiction, or unsupported keywords and patterns. The result
 * has been validated against the schema.
 */
export function smallestInstance(schema: JsonObject): unknown {
  for (const recursion of [1, 2, 3]) {
    const search = new Search(schema, recursion);
    try {
      for (const value of fitting([schema], [], search)) return value;
    } catch (error) {
      if (!(error instanceof GaveUp)) throw error;
      return undefined;
    }
  }
  return undefined;
}
