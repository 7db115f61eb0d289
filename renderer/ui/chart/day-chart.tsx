import { niceCeiling } from './chart-scale.ts';

export interface DayValue {
  /** `YYYY-MM-DD`. */
  day: string;
  value: number;
  /** Tooltip of its bar. */
  title: string;
}

interface DayChartProps {
  /** The chart in one sentence, for screen readers. */
  label: string;
  days: readonly DayValue[];
  /** A horizontal line, if there is a limit. */
  limit: { value: number; label: string } | null;
  format: (value: number) => string;
}

const [width, height] = [640, 160];
const [left, right, top, bottom] = [64, 8, 12, 22];
const plot = { width: width - left - right, height: height - top - bottom };

/** One bar per day. A table beside it has the numbers: a chart is never their only form. */
export function DayChart({ label, days, limit, format }: DayChartProps) {
  const highest = Math.max(...days.map(({ value }) => value), 0);
  // A limit far above the values would flatten every bar, so it is shown as text instead.
  const withLimit = limit !== null && limit.value <= highest * 8;
  const end = niceCeiling(Math.max(highest, withLimit ? limit.value : 0));
  const y = (value: number) => top + plot.height * (1 - value / end);
  const slot = plot.width / Math.max(days.length, 1);
  const bar = Math.min(Math.max(slot - 2, 1), 28);
  const marked = [0, Math.floor((days.length - 1) / 2), days.length - 1];
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      className="w-full max-w-200 text-ink-faint"
      fontSize={10}
    >
      {[0, end / 2, end].map((value) => (
        <g key={value}>
          <line x1={left} x2={width - right} y1={y(value)} y2={y(value)} className="stroke-line" />
          <text x={left - 6} y={y(value) + 3.5} textAnchor="end" className="fill-current font-mono">
            {format(value)}
          </text>
        </g>
      ))}
      {days.map(({ day, value, title }, index) => (
        <rect
          key={day}
          x={left + slot * index + (slot - bar) / 2}
          y={value > 0 ? Math.min(y(value), y(0) - 1.5) : y(0)}
          width={bar}
          height={value > 0 ? Math.max(y(0) - y(value), 1.5) : 0}
          rx={1}
          className="fill-accent"
        >
          <title>{title}</title>
        </rect>
      ))}
      {[...new Set(marked)].map((index) => (
        <text
          key={index}
          x={left + slot * (index + 0.5)}
          y={height - 6}
          textAnchor={index === 0 ? 'start' : index === days.length - 1 ? 'end' : 'middle'}
          className="fill-current font-mono"
        >
          {days[index]?.day.slice(5)}
        </text>
      ))}
      {withLimit && (
        <>
          <line
            x1={left}
            x2={width - right}
            y1={y(limit.value)}
            y2={y(limit.value)}
            strokeDasharray="4 3"
            className="stroke-warn"
          />
          <text x={width - right} y={y(limit.value) - 3} textAnchor="end" className="fill-warn">
            {limit.label}
          </text>
        </>
      )}
    </svg>
  );
}
