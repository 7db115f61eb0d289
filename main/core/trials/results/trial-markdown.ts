import type { Interval, Rate } from '../scores/intervals.ts';
import { figure, percent, plainLine, rankedResults, withInterval, type TrialReport } from './trial-report.ts';
import type { PresetResult, PricePer1000 } from './trial-result.ts';

/** Escapes a text for a table cell: no markup, no link, no HTML, no additional cell. */
function cell(text: string): string {
  return plainLine(text)
    .replace(/[\\`*_{}[\]()<>#!|~$&:@]/g, '\\$&')
    .replace(/(www)\./gi, '$1\\.');
}

const bound = (value: number) => (value * 100).toFixed(1);
const rate = ({ rate, interval, total }: Rate) =>
  total === 0 ? '–' : withInterval(percent(rate), interval, bound);

function price({ usd, interval, known, sent }: PricePer1000): string {
  if (usd === null) return 'unknown';
  // If every call had the same price, or was free, there is no spread.
  const spread = interval && interval.low < interval.high ? interval : null;
  const amount = withInterval(figure(usd, 4), spread, (value) => value.toFixed(4));
  return `${amount}${known < sent ? ` (of ${known}/${sent})` : ''}`;
}

const milliseconds = (value: number | null, interval: Interval | null) =>
  withInterval(figure(value, 0), interval, (bound) => bound.toFixed(0));

function votes({ votes }: PresetResult): string {
  return votes ? withInterval(percent(votes.rate), votes.interval, bound) : '–';
}

const columns: [title: string, show: (result: PresetResult) => string][] = [
  ['Preset', ({ label, presetId }) => cell(label || presetId)],
  ['Model', ({ provider, model }) => `${cell(provider)} / ${cell(model)}`],
  ['Sent', ({ sent, units }) => (sent < units ? `${sent} of ${units}` : String(sent))],
  ['Schema', ({ schema }) => rate(schema)],
  ['Checks', ({ checks }) => rate(checks)],
  [
    'chrF',
    ({ chrf }) =>
      chrf ? withInterval(figure(chrf.score, 1), chrf.interval, (value) => value.toFixed(1)) : '–',
  ],
  ['Code kept', ({ code }) => rate(code)],
  ['USD/1,000, estimated', ({ estimated }) => price(estimated)],
  ['USD/1,000, actual', ({ actual }) => price(actual)],
  ['p50 ms', ({ latency }) => milliseconds(latency.p50, latency.p50Interval)],
  ['p95 ms', ({ latency }) => milliseconds(latency.p95, latency.p95Interval)],
  ['Votes won', votes],
];

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/**
 * A trial as Markdown: one table, best first. Names are escaped: a preset called `<script>` or `a | b` is
 * shown literally. Intervals are 95 %; `=` after a rank means overlapping intervals.
 */
export function trialMarkdown(report: TrialReport): string {
  const ranked = rankedResults(report);
  const failed = ranked.flatMap(({ result }) => {
    const checks = Object.entries(result.failedChecks).map(([id, n]) => `${cell(id)} ${n}`);
    const errors = Object.entries(result.errors).map(([code, n]) => `${cell(code)} ${n}`);
    const parts = [
      checks.length && `checks: ${checks.join(', ')}`,
      errors.length && `errors: ${errors.join(', ')}`,
    ];
    const text = parts.filter(Boolean).join('; ');
    return text ? [`- ${cell(result.label || result.presetId)}: ${text}`] : [];
  });
  return [
    `# Trial: ${cell(report.setTitle)}`,
    '',
    `Set \`${plainLine(report.setName).replaceAll('`', "'")}\`, module ${cell(report.module)}, ranked by ${report.rankedBy}. 95 % intervals in brackets; \`=\` marks ranks whose intervals overlap.`,
    ...(report.date
      ? [
          '',
          `Measured on ${report.date}${report.promptSha256 ? `, prompt \`${report.promptSha256.slice(0, 12)}\`` : ''}.`,
        ]
      : []),
    ...(report.mock ? ['', 'An offline run: the stub answered, and no model was measured.'] : []),
    '',
    row(['Rank', ...columns.map(([title]) => title)]),
    row(Array.from({ length: columns.length + 1 }, () => '---')),
    ...ranked.map(({ rank, tied, result }) =>
      row([rank === null ? '–' : `${rank}${tied ? '=' : ''}`, ...columns.map(([, show]) => show(result))]),
    ),
    ...(failed.length ? ['', '## What failed', '', ...failed] : []),
    '',
  ].join('\n');
}
