import { CircleAlert, CircleCheck, CircleSlash } from 'lucide-react';
import type { CallRecord } from '../../../contract/call-log.ts';
import { historyMessages } from '../../messages/history-messages.ts';
import { callCostText, failureWord } from '../../ui/call/call-outcome.ts';
import { CheckBox } from '../../ui/check-box.tsx';
import type { Column } from '../../ui/data-table/column.ts';
import { formatCount, formatDuration, formatTimestamp } from '../../ui/format.ts';
import { chooseCall, useChosen } from './chosen-calls.ts';
import { ModeBadge } from './mode-badge.tsx';

const t = historyMessages.history;
const { column: heads } = t;

/** A call, with the number of plans that were made of it before it was sent. */
export interface ListedCall extends CallRecord {
  plans?: number;
}

function Status({ call: { ok, mode, status, code, upstream_status: answered } }: { call: CallRecord }) {
  const cancelled = code === 'cancelled';
  const Icon = ok ? CircleCheck : cancelled ? CircleSlash : CircleAlert;
  // A plan is no success yet: nothing was sent.
  const good = mode === 'dry' ? 'text-ink-soft' : 'text-ok';
  return (
    <span className={`flex items-center gap-1.5 ${ok ? good : cancelled ? 'text-warn' : 'text-bad'}`}>
      <Icon size={12} role="img" aria-label={ok ? t.ok : undefined} aria-hidden={!ok} className="shrink-0" />
      {!cancelled && <span className="num shrink-0">{answered ?? status}</span>}
      {!ok && <span className="truncate">{failureWord(code)}</span>}
    </span>
  );
}

/** The row's checkbox and the call's time. Tab skips the checkbox: the row itself has a key for it. */
function When({ call: { id, at } }: { call: ListedCall }) {
  const chosen = useChosen(({ ids }) => ids.has(id));
  return (
    <span className="flex items-center gap-2">
      <CheckBox
        label={t.chosen.choose(formatTimestamp(at))}
        tabIndex={-1}
        checked={chosen}
        onChange={() => chooseCall(id, false, [])}
      />
      {formatTimestamp(at)}
    </span>
  );
}

const durationText = (ms: number | null) => (ms === null ? '' : formatDuration(ms));

function tokensOf({ usage }: CallRecord): string {
  if (!usage) return '';
  return `${formatCount(usage.prompt_tokens)} → ${formatCount(usage.completion_tokens)}`;
}

/**
 * The columns of the log. Those that identify a call and its cost come first, since a narrow window shows no
 * more.
 * @param free names of the providers whose calls cost nothing
 */
export const callColumns = (free: ReadonlySet<string>): readonly Column<ListedCall>[] => [
  {
    id: 'time',
    header: () => heads.time,
    width: 152,
    mono: true,
    cell: (call) => <When call={call} />,
    title: ({ at }) => at,
  },
  {
    id: 'status',
    header: () => heads.status,
    width: 128,
    grow: 1,
    sortable: true,
    cell: (call) => <Status call={call} />,
    title: ({ message, code }) => [code, message].filter(Boolean).join(': ') || undefined,
  },
  {
    id: 'mode',
    header: () => heads.mode,
    width: 88,
    sortable: true,
    cell: ({ mode, plans }) => (
      <span className="flex items-center gap-1.5">
        <ModeBadge mode={mode} />
        {plans && <span className="truncate text-xs text-ink-faint">{t.withPlans(plans)}</span>}
      </span>
    ),
    title: ({ plans }) => (plans ? t.withPlansHelp(plans) : undefined),
  },
  {
    id: 'message',
    header: () => heads.message,
    width: 180,
    grow: 3,
    cell: ({ preview }) => preview ?? '',
    title: ({ preview }) => preview,
  },
  {
    id: 'model',
    header: () => heads.model,
    width: 168,
    grow: 2,
    sortable: true,
    mono: true,
    cell: ({ model }) => model ?? '',
    title: ({ model }) => model ?? undefined,
  },
  {
    id: 'cost',
    header: () => heads.cost,
    width: 92,
    sortable: true,
    align: 'end',
    mono: true,
    cell: (call) => callCostText(call, free.has(call.provider ?? '')),
  },
  {
    id: 'latency',
    header: () => heads.latency,
    width: 84,
    sortable: true,
    align: 'end',
    mono: true,
    cell: ({ timing }) => durationText(timing.total_ms),
  },
  {
    id: 'tokens',
    header: () => heads.tokens,
    width: 112,
    align: 'end',
    mono: true,
    sortable: true,
    cell: tokensOf,
  },
  {
    id: 'module',
    header: () => heads.module,
    width: 104,
    sortable: true,
    cell: ({ module }) => module ?? '',
    title: ({ module }) => module ?? undefined,
  },
  {
    id: 'provider',
    header: () => heads.provider,
    width: 112,
    sortable: true,
    grow: 1,
    mono: true,
    cell: ({ provider }) => provider ?? '',
    title: ({ provider }) => provider ?? undefined,
  },
  {
    id: 'first_token',
    header: () => heads.firstToken,
    sortable: true,
    width: 100,
    align: 'end',
    mono: true,
    cell: ({ timing }) => durationText(timing.first_token_ms),
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
