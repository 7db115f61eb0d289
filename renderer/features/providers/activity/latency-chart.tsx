import { providersMessages } from '../../../messages/providers-messages.ts';
import { formatDuration } from '../../../ui/format.ts';
import type { LatencyFigures } from './latency-figures.ts';

const t = providersMessages.providers.calling;
const height = 56;
const step = 6;
const maxBars = 100;

/** One bar per call, the newest on the right, with lines at the median and the 95th percentile. */
export function LatencyChart({ figures: { times, median, p95 } }: { figures: LatencyFigures }) {
  const bars = times.slice(-maxBars);
  const highest = Math.max(...bars, p95);
  const y = (ms: number) => height - Math.max(1, (ms / highest) * (height - 2));
  const width = Math.max(bars.length, 20) * step;
  return (
    <figure className="flex flex-col gap-1">
      <svg
        role="img"
        aria-label={t.chart(bars.length, formatDuration(median), formatDuration(p95))}
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        className="max-w-full"
        preserveAspectRatio="xMinYMax meet"
      >
        {bars.map((ms, index) => (
          <rect
            key={index}
            x={index * step + 1}
            y={y(ms)}
            width={step - 2}
            height={height - y(ms)}
            className={ms > p95 ? 'fill-warn' : 'fill-accent'}
          >
            <title>{formatDuration(ms)}</title>
          </rect>
        ))}
        <line x1={0} x2={width} y1={y(median)} y2={y(median)} className="stroke-ink-soft" />
        <line x1={0} x2={width} y1={y(p95)} y2={y(p95)} strokeDasharray="3 3" className="stroke-warn" />
        <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} className="stroke-line-strong" />
      </svg>
      <figcaption className="text-sm text-ink-faint">{t.legend}</figcaption>
    </figure>
  );
}
