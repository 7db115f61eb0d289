import { expect, test } from 'vitest';
import type { OperationName } from '../../contract/operations/table.ts';
import { operations } from '../../contract/operations/table.ts';
import { awaitedQueries } from './awaited-queries.ts';

const awaited = Object.entries(awaitedQueries) as [OperationName, readonly OperationName[]][];

test.each(awaited)(
  '%s waits only for queries that the contract lists as changed by it',
  (command, queries) => {
    expect(operations[command].touches).toEqual(expect.arrayContaining([...queries]));
  },
);
