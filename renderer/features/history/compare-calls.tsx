import { useQueries } from '@tanstack/react-query';
import type { CallDetail } from '../../../contract/call-log.ts';
import { operationQuery } from '../../api/use-operation.ts';
import { historyMessages } from '../../messages/history-messages.ts';
import { goTo } from '../../state/view.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount, formatDuration, formatTimestamp, formatUsd } from '../../ui/format.ts';

/** Chosen calls side by side: target, figures, and messages and replies if these are stored. */
export function CompareCalls({ ids }: { ids: readonly string[] }) {
  const t = historyMessages.history;
  const queries = useQueries({ queries: ids.map((id) => operationQuery('calls.get', { id })) });
  const calls = queries.flatMap(({ data }) => (data ? [data.call] : []));
  const failures = queries.flatMap(({ error }, at) => (error ? [{ id: ids[at], error }] : []));
  const rows = factRows();
  return (
    <article aria-label={t.chosen.compareTitle} className="flex h-full flex-col">
      <header className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-3">
        <h1 className="flex-1 font-medium">{t.chosen.compareTitle}</h1>
        <Button onClick={() => goTo('history')}>{t.chosen.back}</Button>
      </header>
      <div className="min-h-0 flex-1 overflow-auto p-3">
        {failures.map(({ id, error }) => (
          <p key={id} role="alert" className="text-bad wrap-anywhere">
            {error.message}
          </p>
        ))}
        <table className="w-full table-fixed border-collapse text-left">
          <thead>
            <tr className="border-b border-line align-top">
              <td className="w-28" />
              {calls.map((call) => (
                <th key={call.id} scope="col" className="num px-2 py-1.5 font-medium wrap-anywhere">
                  {call.model ?? call.provider}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, of }) => (
              <tr key={label} className="border-b border-line align-top">
                <th scope="row" className="py-1.5 pr-2 text-sm font-normal text-ink-faint">
                  {label}
                </th>
                {calls.map((call) => (
                  <td key={call.id} className="px-2 py-1.5 wrap-anywhere whitespace-pre-wrap">
                    {of(call)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </article>
  );
}

interface FactRow {
  label: string;
  of: (call: CallDetail) => string;
}

function factRows(): FactRow[] {
  const t = historyMessages.history;
  const { column } = t;
  const tokens = ({ usage }: CallDetail) =>
    usage ? t.tokensFact(formatCount(usage.prompt_tokens), formatCount(usage.completion_tokens)) : t.noCost;
  return [
    { label: column.time, of: ({ at }) => formatTimestamp(at) },
    { label: column.provider, of: ({ provider }) => provider ?? '' },
    { label: column.module, of: ({ module }) => module ?? '' },
    { label: t.mode, of: ({ mode }) => t.modeLabels[mode] },
    {
      label: column.status,
      of: ({ status, upstream_status: answered, code }) =>
        [answered ?? status, code].filter(Boolean).join(' '),
    },
    { label: column.cost, of: ({ cost }) => (cost ? formatUsd(cost.total) : t.noCost) },
    { label: column.latency, of: ({ timing }) => formatDuration(timing.total_ms) },
    { label: column.tokens, of: tokens },
    { label: column.message, of: ({ preview, bodies }) => preview ?? (bodies ? '' : t.notKept) },
    { label: t.reply, of: ({ bodies }) => (bodies ? bodies.reply || t.noReply : t.notKept) },
  ];
}
