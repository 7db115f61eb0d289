import { useEffect, useEffectEvent, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import './line-chart.css';

export interface Series {
  name: string;
  /** One value per day; null if unknown. */
  values: readonly (number | null)[];
}

interface LineChartProps {
  /** The chart's text alternative. */
  label: string;
  /** `YYYY-MM-DD`, in order. */
  days: readonly string[];
  series: readonly Series[];
  /** Bars are stacked from 0; lines connect the days. */
  look: 'bars' | 'lines';
  format: (value: number) => string;
  /** Label of the day in the legend. */
  dayLabel: string;
}

const height = 180;
const hues = ['accent', 'live', 'ok', 'bad', 'number', 'ink-faint'];

/** A theme colour for the canvas, which cannot resolve custom properties itself. */
function colourOf(element: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(--color-${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

const valueText = (value: number | null, format: (value: number) => string) =>
  value === null ? '–' : format(value);

/** Cumulative sums: drawn in order, each series covers all but its own part of the previous ones. */
function stacked(series: readonly Series[], days: number): (number | null)[][] {
  return series.map((_, from) =>
    Array.from({ length: days }, (__, at) => {
      const sum = series.slice(from).reduce((total, { values }) => total + (values[at] ?? 0), 0);
      return sum > 0 ? sum : null;
    }),
  );
}

function optionsFor(
  element: HTMLElement,
  { days, series, look, format, dayLabel }: Omit<LineChartProps, 'label'>,
) {
  const grid = { stroke: colourOf(element, 'line'), width: 1 };
  const axis = {
    stroke: colourOf(element, 'ink-faint'),
    grid,
    ticks: { show: false },
    font: '11px Inter, sans-serif',
  };
  const bars = uPlot.paths.bars?.({ size: [0.6, 40] });
  return {
    width: element.clientWidth,
    height,
    cursor: { drag: { x: false, y: false } },
    legend: { live: true },
    scales: {
      x: { time: false },
      y: { range: (_: uPlot, _min: number, max: number) => [0, max > 0 ? max * 1.1 : 1] as [number, number] },
    },
    axes: [
      {
        ...axis,
        values: (_: uPlot, at: number[]) => at.map((i) => days[i]?.slice(5) ?? ''),
        incrs: [1, 2, 5, 7, 14, 30],
      },
      { ...axis, size: 64, values: (_: uPlot, at: number[]) => at.map(format) },
    ],
    series: [
      { label: dayLabel, value: (_: uPlot, at: number | null) => (at === null ? '' : (days[at] ?? '')) },
      ...series.map(({ name, values }, i) => {
        const colour = colourOf(element, hues[i % hues.length] as string);
        return {
          label: name,
          stroke: colour,
          width: 2,
          spanGaps: true,
          points: { show: look === 'lines', size: 5, fill: colour },
          // Bars are stacked, but the legend shows a series' own value.
          value: (_: uPlot, _value: number | null, _series: number, at: number | null) =>
            valueText(at === null ? null : (values[at] ?? null), format),
          ...(look === 'bars' && bars ? { paths: bars, fill: colour } : {}),
        };
      }),
    ],
  } satisfies uPlot.Options;
}

/** Series over days, redrawn when the theme or the width changes. */
export function LineChart({ label, ...chart }: LineChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const format = useEffectEvent(chart.format);
  const drawn = JSON.stringify({
    days: chart.days,
    series: chart.series,
    look: chart.look,
    dayLabel: chart.dayLabel,
  });
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const shown = JSON.parse(drawn) as Pick<LineChartProps, 'days' | 'series' | 'look' | 'dayLabel'>;
    const { days, series, look } = shown;
    const draw = () => {
      const data = [
        days.map((_, i) => i),
        ...(look === 'bars' ? stacked(series, days.length) : series.map(({ values }) => [...values])),
      ];
      return new uPlot(
        optionsFor(element, { ...shown, format: (value) => format(value) }),
        data as uPlot.AlignedData,
        element,
      );
    };
    let plot = draw();
    const again = () => {
      plot.destroy();
      plot = draw();
    };
    const resize = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    resize.observe(element);
    const theme = new MutationObserver(again);
    theme.observe(document.documentElement, { attributes: true });
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', again);
    return () => {
      resize.disconnect();
      theme.disconnect();
      system.removeEventListener('change', again);
      plot.destroy();
    };
  }, [drawn]);
  return <div ref={box} role="img" aria-label={label} className="chart w-full" />;
}
