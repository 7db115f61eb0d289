import type { JsonObject } from '../define.ts';
import { arr, num } from '../shared/read.ts';
import { least, maxOf } from './bounds.ts';
import { equal } from './equal.ts';

const maxLength = 100;

type Make = (schemas: readonly unknown[]) => Generator<unknown>;

/** Arrays as short as allowed, then longer ones, and ones that begin or end with what `contains` requires. */
export function* arrays(schemas: readonly JsonObject[], make: Make): Generator<unknown[]> {
  const shortest = maxOf(schemas, 'minItems', 0);
  const maxAllowed = Math.min(maxLength, least(schemas, 'maxItems'));
  const wanted = schemas.flatMap((schema) =>
    schema.contains === undefined ? [] : [{ schema: schema.contains, count: num(schema.minContains) ?? 1 }],
  );
  const needed = Math.max(
    shortest,
    wanted.reduce((sum, { count }) => sum + count, 0),
  );
  for (const length of new Set([shortest, needed, needed + 1, needed + 2])) {
    if (length > maxAllowed) continue;
    const extra = wanted.flatMap(({ schema, count }) =>
      Array.from({ length: Math.min(count, maxLength) }, () => schema),
    );
    for (const first of new Set([0, length - extra.length, length])) {
      if (first < 0) continue;
      const list = listOf(
        length,
        (index) => [
          ...itemSchemas(schemas, index),
          ...(index >= first && index - first < extra.length ? [extra[index - first]] : []),
        ],
        schemas,
        make,
      );
      if (list) yield list;
    }
  }
}

function itemSchemas(schemas: readonly JsonObject[], index: number): unknown[] {
  return schemas.flatMap((schema) => {
    const prefix = arr(schema.prefixItems);
    if (index < prefix.length) return [prefix[index]];
    return schema.items === undefined ? [] : [schema.items];
  });
}

function listOf(
  length: number,
  schemasAt: (index: number) => unknown[],
  schemas: readonly JsonObject[],
  make: Make,
): unknown[] | undefined {
  const unique = schemas.some((schema) => schema.uniqueItems === true);
  const list: unknown[] = [];
  for (let index = 0; index < length; index += 1) {
    const item = firstOf(
      make(schemasAt(index)),
      (value) => !unique || !list.some((other) => equal(other, value)),
    );
    if (item === undefined) return undefined;
    list.push(item.value);
  }
  return list;
}

const tries = 40;

function firstOf(
  values: Generator<unknown>,
  suits: (value: unknown) => boolean,
): { value: unknown } | undefined {
  let count = 0;
  for (const value of values) {
    if (suits(value)) return { value };
    count += 1;
    if (count >= tries) return undefined;
  }
  return undefined;
}
