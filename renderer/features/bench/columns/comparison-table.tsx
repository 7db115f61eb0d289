import { messages } from '../../../messages.ts';
import { CheckChips } from '../../../ui/call/check-chips.tsx';
import { formatCount, formatDuration, formatUsd } from '../../../ui/format.ts';
import type { Run } from '../run/run-store.ts';
import { useRuns } from '../run/run-store.ts';
import type { Column } from './columns.ts';
import { isMuted, useColumns } from './columns.ts';
import { UseAsPreset } from './use-as-preset.tsx';

const cell = 'py-1 pr-3 align-top';
const figure = `num ${cell} whitespace-nowrap`;

/**
 * Below the columns: the figures and checks of each reply, and a button that makes its settings serve the
 * module.
 */
export function ComparisonTable({ columns }: { columns: readonly Column[] }) {
  const { runs, shown } = useRuns();
  const state = useColumns();
  const rows = columns.flatMap((column, index) => {
    const run = runs.find(({ id }) => id === shown[column.id]);
    return run && !isMuted(column.id, state) ? [{ number: index + 1, run }] : [];
  });
  const t = messages.bench.comparison;
  if (rows.length === 0) return null;
  return (
    <section
      aria-label={t.title}
      className="shrink-0 max-h-2/5 overflow-auto border-t border-line bg-panel px-3 py-2"
    >
      <table className="w-full text-left text-sm">
        <thead className="text-xs text-ink-faint">
          <tr>
            {[t.model, t.price, t.time, t.tokens, t.checks].map((name) => (
              <th key={name} scope="col" className="pr-3 font-normal">
                {name}
              </th>
            ))}
            <th scope="col">
              <span className="sr-only">{t.choose}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ number, run }) => (
            <Row key={run.id} number={number} run={run} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ number, run }: { number: number; run: Run }) {
  const { answer, plan } = run;
  return (
    <tr className="border-t border-line">
      <th scope="row" className={`num ${cell} min-w-0 font-normal wrap-anywhere`}>
        <span className="mr-2 text-ink-faint">{number}</span>
        {run.model ?? plan?.model}
      </th>
      <td className={figure}>{priceOf(run)}</td>
      <td className={figure}>{answer && formatDuration(answer.timing.total_ms)}</td>
      <td className={figure}>
        {answer?.usage &&
          `${formatCount(answer.usage.prompt_tokens)} → ${formatCount(answer.usage.completion_tokens)}`}
      </td>
      <td className={cell}>{answer?.checks && <CheckChips checks={answer.checks} brief />}</td>
      <td className="py-0.5 text-right">{run.phase === 'done' && <UseAsPreset run={run} brief />}</td>
    </tr>
  );
}

/** The price paid; for a plan, its maximum. */
function priceOf({ answer, plan, phase }: Run): string {
  const t = messages.bench.comparison;
  if (answer?.cost?.source === 'free') return messages.bench.free;
  if (answer) return answer.cost ? formatUsd(answer.cost.total) : messages.ui.unknown;
  if (phase === 'failed' || phase === 'cancelled') return messages.bench.runNames[phase];
  const max = plan?.estimate.cost?.max ?? null;
  if (max === null) return '';
  return max === 0 ? messages.bench.free : t.atMost(formatUsd(max));
}
