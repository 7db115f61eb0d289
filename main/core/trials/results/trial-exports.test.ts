import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvField, trialCsv } from './trial-csv.ts';
import { trialMarkdown } from './trial-markdown.ts';
import type { TrialReport } from './trial-report.ts';
import { presetResult, type PresetResult } from './trial-result.ts';

const outcome = {
  unitId: 'u',
  schemaPassed: true,
  failedChecks: [],
  chrf: null,
  codeKept: null,
  estimatedUsd: 0.001,
  actualUsd: null,
  latencyMs: 120,
  error: null,
};
const result = (label: string, more: Partial<PresetResult> = {}): PresetResult => ({
  ...presetResult({
    presetId: label,
    label,
    provider: 'p',
    model: 'gpt-4.1-mini',
    units: 1,
    outcomes: [outcome],
  }),
  ...more,
});
const report = (...results: PresetResult[]): TrialReport => ({
  setName: 'mine',
  setTitle: 'Mine',
  module: 'vn_chat',
  rankedBy: 'checks',
  results,
});

/** Parses RFC 4180 as a spreadsheet does. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const unmarked = text.replace(/^\ufeff/, '');
  for (const [, quoted, plain, end] of unmarked.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    const row = rows.at(-1) ?? [];
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}

/** The cells of a Markdown table's row. */
const cellsOf = (row: string) => row.split(/(?<!\\)\|/).slice(1, -1);

const hostile = [
  'a | b',
  '<script>alert(1)</script>',
  '![x](https://example.org/p.png)',
  '[click](javascript:alert(1))',
  '`code` **bold** _it_ ~~x~~ # h',
  'back\\slash | pipe\\',
  'two\nlines\r\n| --- |',
  '=HYPERLINK("https://example.org","x")',
  "+1+cmd|' /C calc'!A0",
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  '  =1',
  '＝1+1',
  '"=1"',
  'quote " comma , semi ;',
  'abc\u202Egpj.exe',
  'zero\u200Bwidth\u0000nul',
  'https://example.org www.example.org @someone',
  '😀 ナギ',
];

describe('Markdown', () => {
  test.each(hostile)('%j stays one cell of text', (name) => {
    const text = trialMarkdown(report(result(name), result('other')));
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(4);
    expect(new Set(rows.map((row) => cellsOf(row).length))).toEqual(new Set([13]));
    for (const hidden of ['\u202E', '\u200B', '\u0000', '\t', '\r']) expect(text).not.toContain(hidden);
    expect(text).not.toMatch(/(?<!\\)<script/);
  });

  test('markup, links and mentions in names are escaped', () => {
    const [, , row = ''] = trialMarkdown(report(result(hostile.join(' '))))
      .split('\n')
      .filter((l) => l.startsWith('|'));
    const [, name = ''] = cellsOf(row);
    expect(name.replace(/\\[^A-Za-z0-9\s]/g, '')).not.toMatch(/[\\`*_{}[\]()<>#!|~$&:@]|www\./);
  });

  test('names unknown values and marks ties', () => {
    const text = trialMarkdown(report(result('a'), result('b')));
    expect(text).toContain('| 1= |');
    expect(text).toContain('| 1.0000 | unknown | 120 | 120 | – |');
    expect(text).toContain('| 100.0 % (20.7–100.0) |');
  });

  test('shows prices and times with their intervals, and none where every call had one price', () => {
    const outcomes = [1, 2, 3].map((n) => ({
      ...outcome,
      unitId: `u${n}`,
      actualUsd: n / 1000,
      latencyMs: n * 100,
    }));
    const spread = presetResult({
      presetId: 's',
      label: 's',
      provider: 'p',
      model: 'm',
      units: 3,
      outcomes,
    });
    expect(trialMarkdown(report(spread))).toMatch(
      /\| 1\.0000 \| 2\.0000 \(1\.\d{4}–[23]\.\d{4}\) \| 200 \(100–300\) \| 290 \(100–300\) \|/,
    );
    const [names = [], row = []] = readCsv(trialCsv(report(spread)));
    const values = Object.fromEntries(names.map((name, i) => [name, row[i]]));
    expect(values).toMatchObject({
      usd_actual_low: expect.stringMatching(/^1/),
      usd_actual_high: expect.stringMatching(/^[23]/),
      p50_low: '100',
      p50_high: '300',
      p95_high: '300',
    });
  });

  test('lists failed checks and errors, and where a run stopped', () => {
    const text = trialMarkdown(
      report(result('a', { units: 9, failedChecks: { length: 2 }, errors: { timeout: 1 } })),
    );
    expect(text).toContain('| 1 of 9 |');
    expect(text).toContain('- a: checks: length 2; errors: timeout 1');
  });
});

describe('CSV', () => {
  test.each(hostile)('%j stays one field, and is no formula', (name) => {
    const rows = readCsv(trialCsv(report(result(name), result('other'))));
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([rows[0]?.length]));
    expect(rows).toHaveLength(3);
    for (const row of rows.slice(1))
      for (const field of row)
        if (!/^-?\d/.test(field)) expect(field).not.toMatch(/^[\s"']*(?<!^'[\s"']*)[=+\-@＝＋－＠]/);
  });

  test('text that looks like a formula gets an apostrophe, a number does not', () => {
    expect(csvField('=1')).toBe("'=1");
    expect(csvField('"=1,2"')).toBe('"\'""=1,2"""');
    expect(csvField(-1.5)).toBe('-1.5');
    expect(csvField(null)).toBe('');
    expect(csvField(Number.NaN)).toBe('');
    expect(csvField('gpt-4.1-mini')).toBe('gpt-4.1-mini');
  });

  test('any text is read back as one field, without control characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const [row] = readCsv(`${csvField(text)},end\r\n`);
        expect(row).toHaveLength(2);
        expect(row?.[0]).not.toMatch(/^[=+\-@]/);
      }),
    );
  });

  test('has a column for each measurement, empty where it is unknown', () => {
    const [names = [], row = []] = readCsv(trialCsv(report(result('a'))));
    const values = Object.fromEntries(names.map((name, i) => [name, row[i]]));
    expect(values).toMatchObject({
      rank: '1',
      tied: 'no',
      preset: 'a',
      schema_pass_rate: '1',
      usd_per_1000_estimated: '1',
      estimated_known: '1',
      usd_per_1000_actual: '',
      actual_known: '0',
      chrf: '',
      latency_p50_ms: '120',
      votes: '',
      set: 'mine',
      module: 'vn_chat',
    });
  });
});
