import { AppError } from './app-error.ts';
import { pathText } from './validation.ts';

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);
/** Deeper than any real body, but within what a recursive walk or `JSON.stringify` can handle. */
const maxDepth = 200;

interface Trouble {
  deep: boolean;
  path: PropertyKey[];
}

function findTrouble(value: unknown, depth: number): Trouble | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > maxDepth) return { deep: true, path: [] };
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const found = findTrouble(value[i], depth + 1);
      if (found) return { deep: found.deep, path: [i, ...found.path] };
    }
    return undefined;
  }
  for (const key in value) {
    if (forbidden.has(key)) return { deep: false, path: [key] };
    const found = findTrouble((value as Record<string, unknown>)[key], depth + 1);
    if (found) return { deep: found.deep, path: [key, ...found.path] };
  }
  return undefined;
}

/**
 * Rejects input that no caller has a reason to send, on every transport.
 * @throws AppError `forbidden_key` for keys that reach into prototypes, `invalid_request` for too deep
 * nesting
 */
export function checkKeys(input: unknown): void {
  const found = findTrouble(input, 0);
  if (found?.deep) throw new AppError('invalid_request', `the body is nested deeper than ${maxDepth}`);
  if (found)
    throw new AppError('forbidden_key', `the key "${pathText(found.path)}" is not allowed in a body`);
}
