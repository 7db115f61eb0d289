import type { PresetResultView, TrialView } from '../../../contract/trials.ts';
import type { CliHost } from '../host.ts';
import { usd } from '../print.ts';
import { printTable } from '../table.ts';

type Interval = { low: number; high: number } | null;

const withInterval = (value: string, interval: Interval, show: (bound: number) => string) =>
  interval ? `${value} (${show(interval.low)}–${show(interval.high)})` : value;

const percent = (value: number) => (value * 100).toFixed(1);
const rate = ({ rate: value, interval }: PresetResultView['schema']) =>
  value === null ? '–' : withInterval(`${percent(value)} %`, interval, percent);
/** A price; without an interval if every call had the same price. */
function price({ usd: amount, interval, known, sent }: PresetResultView['actual']): string {
  if (amount === null) return 'unknown';
  const spread = interval && interval.low < interval.high ? interval : null;
  return `${withInterval(usd(amount), spread, usd)}${known < sent ? ` (${known}/${sent})` : ''}`;
}

const whole = (value: number) => String(Math.round(value));
const ms = (value: number | null, interval: Interval) =>
  value === null ? '–' : withInterval(`${whole(value)} ms`, interval, whole);

/** Prints a trial's table, best first, with notes below. */
export function printResults(host: CliHost, trial: TrialView): void {
  const { set_title, module, ranked_by, started_at, prompt_sha256, results, voter, mock } = trial;
  host.out.write(
    `${set_title} · ${module} · ranked by ${ranked_by} · ${started_at.slice(0, 10)} · prompt ${prompt_sha256.slice(0, 12)}\n`,
  );
  if (mock) host.out.write('an offline run: the stub answered, and no model was measured\n');
  printTable<PresetResultView>(
    host,
    [
      {
        title: 'rank',
        of: ({ rank, tied }) => (rank === null ? '–' : `${rank}${tied ? '=' : ''}`),
        right: true,
      },
      { title: 'preset', of: ({ label }) => label, shrinks: true },
      { title: 'model', of: ({ provider, model }) => `${provider}/${model}` },
      {
        title: 'sent',
        of: ({ sent, units }) => (sent < units ? `${sent}/${units}` : String(sent)),
        right: true,
      },
      { title: 'schema', of: ({ schema }) => rate(schema) },
      { title: 'checks', of: ({ checks }) => rate(checks) },
      {
        title: 'chrF',
        of: ({ chrf }) =>
          chrf ? withInterval(chrf.score.toFixed(1), chrf.interval, (bound) => bound.toFixed(1)) : '–',
      },
      { title: 'code', of: ({ code }) => rate(code) },
      { title: '/1,000 est.', of: ({ estimated }) => price(estimated), right: true },
      { title: '/1,000', of: ({ actual }) => price(actual), right: true },
      { title: 'p50', of: ({ latency }) => ms(latency.p50, latency.p50_interval), right: true },
      { title: 'p95', of: ({ latency }) => ms(latency.p95, latency.p95_interval), right: true },
      {
        title: voter === null ? 'votes' : `votes (${voter})`,
        of: ({ votes }) => (votes ? withInterval(`${percent(votes.rate)} %`, votes.interval, percent) : '–'),
      },
    ],
    results,
  );
  host.out.write('95 % intervals in brackets; "=" marks ranks whose intervals overlap\n');
}
