import type { JsonObject } from '../define.ts';
import { num } from '../shared/read.ts';

/** The strictest lower bound in the schemas. */
export function maxOf(schemas: readonly JsonObject[], keyword: string, otherwise: number): number {
  return Math.max(otherwise, ...schemas.flatMap((schema) => num(schema[keyword]) ?? []));
}

/** The strictest upper bound in the schemas. */
export function least(schemas: readonly JsonObject[], keyword: string): number {
  return Math.min(Infinity, ...schemas.flatMap((schema) => num(schema[keyword]) ?? []));
}
