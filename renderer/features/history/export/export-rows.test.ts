import { expect, test } from 'vitest';
import type { CallRecord } from '../../../../contract/call-log.ts';
import { headOf, linesOf } from './export-rows.ts';

const call = (over: Partial<CallRecord> = {}): CallRecord => ({
  id: '1jd9l3hs0000abcdef',
  at: '2026-11-22T10:00:00.000Z',
  request_id: 'scene-7',
  kind: 'chat',
  door: 'http',
  machine: 'desk',
  module: 'translate',
  preset: null,
  provider: 'stub',
  model: 'stub',
  mode: 'live',
  stream: false,
  ok: true,
  status: 200,
  code: null,
  upstream_status: 200,
  message: null,
  attempts: 1,
  usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
  cost: { total: 0.00123, currency: 'USD', source: 'price_table' },
  timing: { total_ms: 120.5, upstream_ms: 118, first_token_ms: null },
  sha256: 'ab',
  bytes: 321,
  ...over,
});

const fieldsOf = (csv: string) => csv.trimEnd().split(',');

test('a CSV row has the fields of its header', () => {
  const fields = fieldsOf(linesOf('csv', [call()]));
  const names = fieldsOf(headOf('csv').replace(/^\ufeff/, ''));
  expect(fields).toHaveLength(names.length);
  expect(fields[names.indexOf('cost_usd')]).toBe('0.00123');
  expect(fields[names.indexOf('first_token_ms')]).toBe('');
  expect(fields[names.indexOf('prompt_tokens')]).toBe('11');
});

test('a CSV file starts with a byte order mark, so that Excel reads it as UTF-8; a JSONL file has no header', () => {
  expect(headOf('csv')).toMatch(/^\ufeff\w+,/);
  expect(headOf('jsonl')).toBe('');
});

test('quotes, commas and line breaks in a message are quoted in CSV', () => {
  const message = 'openai (HTTP 400): "max_tokens", too\nlarge';
  expect(linesOf('csv', [call({ message })])).toContain('"openai (HTTP 400): ""max_tokens"", too\nlarge"');
});

test('a text that a spreadsheet would run as a formula gets an apostrophe in CSV', () => {
  expect(linesOf('csv', [call({ message: '=HYPERLINK("http://x")' })])).toContain(
    `"'=HYPERLINK(""http://x"")"`,
  );
  expect(linesOf('csv', [call({ model: '@SUM' })])).toContain(",'@SUM,");
});

test('each JSONL line is one complete record', () => {
  const lines = linesOf('jsonl', [call(), call({ message: 'two\nlines' })])
    .trimEnd()
    .split('\n');
  expect(lines.map((line) => JSON.parse(line) as CallRecord)).toEqual([
    call(),
    call({ message: 'two\nlines' }),
  ]);
});

test('an export contains no part of a message', () => {
  const listed = call({ preview: '雨はまだやまない。' });
  expect(JSON.parse(linesOf('jsonl', [listed]))).toEqual(call());
  expect(linesOf('csv', [listed])).not.toContain('雨');
});
