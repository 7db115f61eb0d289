import { expect, test } from 'vitest';
import { call, onBothDatabases, testClock, testDatabase } from './__fixtures__/test-calls.ts';
import { getCall, insertCalls, spendSince } from './call-queries.ts';
import type { BodyRow, CallRow } from '../database/tables.ts';

/** Calls with nulls in varying columns, and text that looks like SQL. */
function manyCalls(count: number) {
  const clock = testClock();
  const overrides = [
    {},
    { module: null, preset: "it's; drop table calls" },
    { cost: null, usage: null, code: 'budget_exceeded', message: 'no', status: 402 },
    { provider: 'ollama_default', firstTokenMs: 12.5, stream: true },
  ];
  return Array.from({ length: count }, (_, i) =>
    call(clock, overrides[Math.floor(i / 7) % overrides.length]),
  );
}

const entriesOf = (rows: readonly CallRow[], bodies: readonly BodyRow[] = []) =>
  rows.map((row) => ({ row, bodies: bodies.find((one) => one.id === row.id) ?? null }));

onBothDatabases('a batch of calls', (newLocation) => {
  test('every row of a batch is read back with its own values', async () => {
    const rows = manyCalls(171).map((entry) => entry.row);
    const database = testDatabase(await newLocation(), testClock());
    await database.use('write', (open) => insertCalls(open, entriesOf(rows)));
    const read = await database.use('read', (open) =>
      Promise.all(rows.map(async ({ id }) => (await getCall(open, id))?.row as CallRow)),
    );
    expect(read).toEqual(rows);
  });

  test('of a batch that is partly stored, only the missing rows are written and counted', async () => {
    const entries = manyCalls(40);
    const rows = entries.map((entry) => entry.row);
    const text = { messages: 'm', reply: 'r', cut: 0 as const, request: null, preview: null };
    const bodies = rows.map(({ id }) => ({ ...text, id }));
    const database = testDatabase(await newLocation(), testClock());
    await database.use('write', (open) => insertCalls(open, entriesOf(rows.slice(0, 15), bodies)));
    const changed = rows.map((row) => ({ ...row, cost: 5 }));
    await database.use('write', (open) => insertCalls(open, entriesOf(changed, bodies)));
    const { days } = await database.use('read', (open) => spendSince(open, '2026-11-22'));
    const paid = (row: CallRow, i: number) => (i < 15 ? (row.cost ?? 0) : 5);
    expect(days.map((day) => Number(day.calls)).reduce((a, b) => a + b)).toBe(40);
    expect(days.map((day) => day.usd).reduce((a, b) => a + b)).toBeCloseTo(
      rows.map(paid).reduce((a, b) => a + b),
    );
    const last = await database.use('read', (open) => getCall(open, rows[39]?.id ?? ''));
    expect(last).toEqual({ row: changed[39], bodies: bodies[39] });
    const first = await database.use('read', (open) => getCall(open, rows[0]?.id ?? ''));
    expect(first?.row).toEqual(rows[0]);
  });

  test('a batch with a refused row writes nothing', async () => {
    const rows = manyCalls(20).map((entry) => entry.row);
    const broken = rows.map((row, i) => (i === 19 ? { ...row, status: null as unknown as number } : row));
    const database = testDatabase(await newLocation(), testClock());
    await expect(database.use('write', (open) => insertCalls(open, entriesOf(broken)))).rejects.toThrow(
      /null/i,
    );
    await database.use('write', (open) => insertCalls(open, entriesOf(rows)));
    const { days } = await database.use('read', (open) => spendSince(open, '2026-11-22'));
    expect(days.map((day) => Number(day.calls)).reduce((a, b) => a + b)).toBe(20);
  });
});
