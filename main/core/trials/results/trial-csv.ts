import type { Interval } from '../scores/intervals.ts';
import { plainLine, rankedResults, type TrialReport } from './trial-report.ts';
import type { PresetResult } from './trial-result.ts';

type Value = string | number | null;

/**
 * First characters that make a spreadsheet interpret a text as a formula (OWASP, "CSV Injection"), including
 * full-width ones.
 */
const formula = /^[\s"']*[=+\-@＝＋－＠|%]/;

/**
 * One field as in RFC 4180. A text that a spreadsheet would execute is prefixed with an apostrophe. Numbers
 * stay numbers.
 */
export function csvField(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const line = plainLine(value);
  const safe = formula.test(line) ? `'${line}` : line;
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const low = (interval: Interval | null) => interval?.low ?? null;
const high = (interval: Interval | null) => interval?.high ?? null;

const columns: [name: string, value: (result: PresetResult) => Value][] = [
  ['preset', ({ presetId }) => presetId],
  ['label', ({ label }) => label],
  ['provider', ({ provider }) => provider],
  ['model', ({ model }) => model],
  ['units', ({ units }) => units],
  ['sent', ({ sent }) => sent],
  ['errors', ({ errors }) => Object.values(errors).reduce((sum, n) => sum + n, 0)],
  ['schema_pass_rate', ({ schema }) => schema.rate],
  ['schema_low', ({ schema }) => low(schema.interval)],
  ['schema_high', ({ schema }) => high(schema.interval)],
  ['check_pass_rate', ({ checks }) => checks.rate],
  ['check_low', ({ checks }) => low(checks.interval)],
  ['check_high', ({ checks }) => high(checks.interval)],
  ['chrf', ({ chrf }) => chrf?.score ?? null],
  ['chrf_low', ({ chrf }) => low(chrf?.interval ?? null)],
  ['chrf_high', ({ chrf }) => high(chrf?.interval ?? null)],
  ['code_kept_rate', ({ code }) => code.rate],
  ['code_low', ({ code }) => low(code.interval)],
  ['code_high', ({ code }) => high(code.interval)],
  ['usd_per_1000_estimated', ({ estimated }) => estimated.usd],
  ['usd_estimated_low', ({ estimated }) => low(estimated.interval)],
  ['usd_estimated_high', ({ estimated }) => high(estimated.interval)],
  ['estimated_known', ({ estimated }) => estimated.known],
  ['usd_per_1000_actual', ({ actual }) => actual.usd],
  ['usd_actual_low', ({ actual }) => low(actual.interval)],
  ['usd_actual_high', ({ actual }) => high(actual.interval)],
  ['actual_known', ({ actual }) => actual.known],
  ['latency_p50_ms', ({ latency }) => latency.p50],
  ['p50_low', ({ latency }) => low(latency.p50Interval)],
  ['p50_high', ({ latency }) => high(latency.p50Interval)],
  ['latency_p95_ms', ({ latency }) => latency.p95],
  ['p95_low', ({ latency }) => low(latency.p95Interval)],
  ['p95_high', ({ latency }) => high(latency.p95Interval)],
  ['vote_win_rate', ({ votes }) => votes?.rate ?? null],
  ['vote_low', ({ votes }) => low(votes?.interval ?? null)],
  ['vote_high', ({ votes }) => high(votes?.interval ?? null)],
  ['votes', ({ votes }) => (votes ? votes.wins + votes.ties + votes.losses : null)],
];

/**
 * A trial as CSV (RFC 4180, CRLF, a header, best first). Rates are from 0 to 1; an empty field means unknown.
 */
export function trialCsv(report: TrialReport): string {
  const header: Value[] = ['rank', 'tied', ...columns.map(([name]) => name), 'set', 'module'];
  const rows = rankedResults(report).map(({ rank, tied, result }): Value[] => [
    rank,
    tied ? 'yes' : 'no',
    ...columns.map(([, value]) => value(result)),
    report.setName,
    report.module,
  ]);
  // Without a byte order mark Excel would use the system's code page.
  return `\ufeff${[header, ...rows].map((row) => `${row.map(csvField).join(',')}\r\n`).join('')}`;
}
