import type { PresetResultView } from '../../../../contract/trials.ts';
import { trialsMessages } from '../../../messages/trials-messages.ts';
import { formatDuration, formatUsd } from '../../../ui/format.ts';
import { chrfFigure, priceFigure, rateFigure, timeFigure, type Figure } from './figures.ts';

/** The columns from left to right, by the key of their heading. */
const columns = [
  ['rank', ({ rank, tied }) => ({ value: rank === null ? '–' : `${rank}${tied ? '=' : ''}` })],
  ['preset', ({ label, provider, model }) => ({ value: label, note: `${provider}/${model}` })],
  ['sent', ({ sent, units }) => ({ value: sent < units ? `${sent}/${units}` : String(sent) })],
  ['schema', ({ schema }) => rateFigure(schema)],
  ['checks', ({ checks }) => rateFigure(checks)],
  ['chrf', ({ chrf }) => chrfFigure(chrf)],
  ['code', ({ code }) => rateFigure(code)],
  ['estimated', ({ estimated }) => priceFigure(estimated, formatUsd)],
  ['actual', ({ actual }) => priceFigure(actual, formatUsd)],
  ['p50', ({ latency }) => timeFigure(latency.p50, latency.p50_interval, formatDuration)],
  ['p95', ({ latency }) => timeFigure(latency.p95, latency.p95_interval, formatDuration)],
  ['votes', ({ votes }) => (votes ? rateFigure(votes) : { value: '–' })],
] as const satisfies [string, (result: PresetResultView) => Figure][];

/** The figures of every preset with their intervals, best first. */
export function ResultTable({ results }: { results: readonly PresetResultView[] }) {
  const { column, columnHelp, results: label } = trialsMessages.trials;
  const help: Readonly<Record<string, string>> = columnHelp;
  return (
    // Scrollable by keyboard in a narrow window.
    <div className="overflow-x-auto" role="group" aria-label={label} tabIndex={0}>
      <table className="w-full text-left">
        <thead className="text-sm text-ink-faint">
          <tr>
            {columns.map(([name]) => (
              <th
                key={name}
                scope="col"
                title={help[name]}
                className="py-1 pr-3 font-normal whitespace-nowrap"
              >
                {column[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {results.map((result) => (
            <tr key={result.id} className="border-t border-line align-top">
              {columns.map(([name, figureOf]) => (
                <Cell key={name} figure={figureOf(result)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ figure: { value, note } }: { figure: Figure }) {
  return (
    <td className="num py-1 pr-3 whitespace-nowrap">
      {value}
      {note !== undefined && <span className="block text-sm text-ink-faint">{note}</span>}
    </td>
  );
}
