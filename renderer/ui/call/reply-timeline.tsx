import type { ChatAnswer } from '../../../contract/chat.ts';
import { messages } from '../../messages.ts';
import { formatDuration } from '../format.ts';
import { AttemptTable } from './attempt-table.tsx';

const t = messages.call.timeline;

interface Span {
  name: string;
  colour: string;
  ms: number;
}

/** Splits a call's time. Time not spent waiting for the provider or receiving is our own. */
function spansOf({ timing, attempts }: ChatAnswer): Span[] {
  const { total_ms: total, upstream_ms: upstream, first_token_ms: first } = timing;
  const waited = attempts.reduce((sum, attempt) => sum + (attempt.waited_ms ?? 0), 0);
  const until = Math.min(first ?? upstream, upstream);
  return [
    { name: t.waited, colour: 'bg-ink-faint', ms: waited },
    { name: first === undefined ? t.atProvider : t.untilFirst, colour: 'bg-accent', ms: until },
    { name: t.receiving, colour: 'bg-ok', ms: Math.max(0, upstream - until) },
    { name: t.panel, colour: 'bg-warn', ms: Math.max(0, total - upstream - waited) },
  ];
}

/** The call's time as a bar, then every attempt. */
export function ReplyTimeline({ reply }: { reply: ChatAnswer }) {
  const spans = spansOf(reply);
  return (
    <>
      <section aria-label={t.title}>
        <h3 className="mb-1.5 text-sm text-ink-faint">{t.title}</h3>
        <div aria-hidden="true" className="mb-2 flex h-3 gap-px overflow-hidden rounded-sm bg-sunken">
          {spans.map(({ name, colour, ms }) => (
            <span key={name} className={colour} style={{ flexGrow: ms }} />
          ))}
        </div>
        <dl className="grid grid-cols-[1rem_1fr_auto] gap-y-0.5">
          {spans
            .filter(({ ms }) => ms > 0)
            .map(({ name, colour, ms }) => (
              <div key={name} className="contents">
                <dt className="col-span-2 flex items-center gap-1.5">
                  <span aria-hidden="true" className={`block size-2.5 rounded-sm ${colour}`} />
                  {name}
                </dt>
                <dd className="num text-right">{formatDuration(ms)}</dd>
              </div>
            ))}
        </dl>
      </section>
      {reply.attempts.length > 0 && <AttemptTable attempts={reply.attempts} />}
    </>
  );
}
