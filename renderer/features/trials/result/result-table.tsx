import type { PresetResultView } from '../../../../contract/trials.ts';
import { trialsMessages } from '../../../messages/trials-messages.ts';
import { formatDuration, formatUsd } from '../../../ui/format.ts';
import { chrfText, priceOf, rateText } from './figures.ts';

const milliseconds = (value: number | null) => (value === null ? '–' : formatDuration(value));

/** The figures of every preset with their intervals, best first. */
export function ResultTable({ results }: { results: readonly PresetResultView[] }) {
  const { column, columnHelp } = trialsMessages.trials;
  const heads = Object.entries(column).filter(([name]) => !['requests', 'tokens', 'price'].includes(name));
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left">
        <thead className="text-sm text-ink-faint">
          <tr>
            {heads.map(([name, head]) => (
              <th
                key={name}
                scope="col"
                title={(columnHelp as Record<string, string>)[name]}
                className="py-1 pr-4 font-normal whitespace-nowrap"
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {results.map((result) => (
            <ResultRow key={result.id} result={result} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ResultRow({ result }: { result: PresetResultView }) {
  const { rank, tied, label, provider, model, sent, units, schema, checks, chrf, code } = result;
  const { estimated, actual, latency, votes } = result;
  const cells = [
    rank === null ? '–' : `${rank}${tied ? '=' : ''}`,
    label,
    `${provider}/${model}`,
    sent < units ? `${sent}/${units}` : String(sent),
    rateText(schema),
    rateText(checks),
    chrfText(chrf),
    rateText(code),
    priceOf(estimated, formatUsd),
    priceOf(actual, formatUsd),
    milliseconds(latency.p50),
    milliseconds(latency.p95),
    votes ? rateText(votes) : '–',
  ];
  return (
    <tr className="border-t border-line">
      {cells.map((cell, at) => (
        // The order of the columns is fixed.
        <td key={at} className="num py-1 pr-4 whitespace-nowrap">
          {cell}
        </td>
      ))}
    </tr>
  );
}
