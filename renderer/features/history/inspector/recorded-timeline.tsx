import type { CallDetail } from '../../../../contract/call-log.ts';
import { messages } from '../../../messages.ts';
import { historyMessages } from '../../../messages/history-messages.ts';
import { AttemptTable } from '../../../ui/call/attempt-table.tsx';
import { FactList } from '../../../ui/facts.tsx';
import { formatDuration } from '../../../ui/format.ts';
import { phasesOf } from './phases.ts';

const t = historyMessages.history;
const looks = { ours: 'bg-line-strong', waiting: 'bg-accent', receiving: 'bg-ok', provider: 'bg-accent' };
const names = () => ({
  ours: t.ours,
  waiting: t.waiting,
  receiving: t.receiving,
  provider: t.atProvider,
});

/** Where the time went, every attempt, and the caller. */
export function RecordedTimeline({ call }: { call: CallDetail }) {
  const phases = phasesOf(call.timing);
  const id = (text: string) => <code className="num">{text}</code>;
  return (
    <div className="flex flex-col gap-3 p-3">
      <div aria-hidden="true" className="flex h-2 gap-px overflow-hidden rounded-sm">
        {phases.map(({ name, ms }) => (
          <div key={name} className={looks[name]} style={{ flex: `${ms} 0 2px` }} />
        ))}
      </div>
      <FactList
        facts={[
          ...phases.map(({ name, ms }) => ({
            label: names()[name],
            value: (
              <span className="flex items-center gap-1.5">
                <span aria-hidden="true" className={`size-2 rounded-sm ${looks[name]}`} />
                <span className="num">{formatDuration(ms)}</span>
              </span>
            ),
          })),
          {
            label: messages.call.total,
            value: <span className="num">{formatDuration(call.timing.total_ms)}</span>,
          },
        ]}
      />
      {call.steps.length > 0 && <AttemptTable attempts={call.steps} />}
      <FactList
        facts={[
          { label: t.door, value: t.transports[call.door], note: t.kind[call.kind] },
          { label: t.machine, value: call.machine },
          ...(call.key_last4 === undefined
            ? []
            : [{ label: t.key, value: <span className="num">{messages.keys.shown(call.key_last4)}</span> }]),
          { label: t.requestId, value: id(call.request_id) },
          { label: t.id, value: id(call.id) },
        ]}
      />
    </div>
  );
}
