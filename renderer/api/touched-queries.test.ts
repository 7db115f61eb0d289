import { expect, test } from 'vitest';
import { operations } from '../../contract/operations/table.ts';
import type { PanelCommand } from './touched-queries.ts';
import { touchedQueries } from './touched-queries.ts';

const commands = Object.keys(touchedQueries) as PanelCommand[];

test.each(commands)('after %s no query is left stale that the contract says it touches', (command) => {
  expect(touchedQueries[command]).toEqual(operations[command].touches);
});
