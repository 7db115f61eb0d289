import { CircleAlert, CircleCheck, CircleSlash } from 'lucide-react';
import type { CallRecord } from '../../../contract/call-log.ts';
import { historyMessages } from '../../messages/history-messages.ts';
import type { Column } from '../../ui/data-table/column.ts';
import { formatCount, formatDuration, formatMoment, formatUsd } from '../../ui/format.ts';
import { ModeBadge } from './mode-badge.tsx';

const words = historyMessages.history;
const { column: heads } = words;

/** Most failures are the provider's; the whole code is in the inspector. */
const shortCode = (code: string | null) => code?.replace(/^provider_/, '') ?? '';

function Status({ call: { ok, status, code, upstream_status: answered } }: { call: CallRecord }) {
  const cancelled = code === 'cancelled';
  const Icon = ok ? CircleCheck : cancelled ? CircleSlash : CircleAlert;
  return (
    <span className={`flex items-center gap-1.5 ${ok ? 'text-ok' : cancelled ? 'text-warn' : 'text-bad'}`}>
      <Icon size={12} aria-hidden="true" className="shrink-0" />
      <span className="num shrink-0">{cancelled ? '' : (answered ?? status)}</span>
      {ok ? (
        <span className="sr-only">{words.ok}</span>
      ) : (
        <span className="num truncate">{shortCode(code)}</span>
      )}
    </span>
  );
}

const took = (ms: number | null) => (ms === null ? '' : formatDuration(ms));

function tokensOf({ usage }: CallRecord): string {
  if (!usage) return '';
  return `${formatCount(usage.prompt_tokens)} → ${formatCount(usage.completion_tokens)}`;
}

/** What the log's table shows of a call. */
export const callColumns: readonly Column<CallRecord>[] = [
  {
    id: 'time',
    header: () => heads.time,
    width: 128,
    mono: true,
    cell: ({ at }) => formatMoment(at),
    title: ({ at }) => at,
  },
  {
    id: 'status',
    header: () => heads.status,
    width: 152,
    cell: (call) => <Status call={call} />,
    title: ({ message, code }) => [code, message].filter(Boolean).join(': ') || undefined,
  },
  { id: 'mode', header: () => heads.mode, width: 72, cell: ({ mode }) => <ModeBadge mode={mode} /> },
  {
    id: 'module',
    header: () => heads.module,
    width: 112,
    cell: ({ module }) => module ?? '',
    title: ({ module }) => module ?? undefined,
  },
  {
    id: 'model',
    header: () => heads.model,
    width: 150,
    grow: 2,
    mono: true,
    cell: ({ model }) => model ?? '',
    title: ({ model }) => model ?? undefined,
  },
  {
    id: 'provider',
    header: () => heads.provider,
    width: 120,
    grow: 1,
    mono: true,
    cell: ({ provider }) => provider ?? '',
    title: ({ provider }) => provider ?? undefined,
  },
  {
    id: 'cost',
    header: () => heads.cost,
    width: 76,
    align: 'end',
    mono: true,
    cell: ({ cost }) => (cost ? formatUsd(cost.total) : ''),
  },
  {
    id: 'latency',
    header: () => heads.latency,
    width: 84,
    align: 'end',
    mono: true,
    cell: ({ timing }) => took(timing.total_ms),
  },
  { id: 'tokens', header: () => heads.tokens, width: 112, align: 'end', mono: true, cell: tokensOf },
  {
    id: 'firstToken',
    header: () => heads.firstToken,
    width: 88,
    align: 'end',
    mono: true,
    cell: ({ timing }) => took(timing.first_token_ms),
  },
  {
    id: 'attempts',
    header: () => heads.attempts,
    width: 56,
    align: 'end',
    mono: true,
    cell: ({ attempts }) => (attempts === 0 ? '' : attempts),
  },
];
