import type { CallDetail } from '../../../../contract/call-log.ts';
import { messages } from '../../../messages.ts';
import { historyMessages } from '../../../messages/history-messages.ts';
import { CheckChips } from '../../../ui/call/check-chips.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { replyText } from '../../../ui/call/readable-text.ts';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { type Fact, FactList } from '../../../ui/facts.tsx';
import { formatCount, formatDuration, formatUsd } from '../../../ui/format.ts';
import { KeepBodies } from './keep-bodies.tsx';
import type { ErrorCode, ErrorInfo } from '../../../../contract/errors.ts';

/** A recorded failure as the error that its caller got, as far as it was logged; null for a successful call. */
function errorOf(call: CallDetail): ErrorInfo | null {
  if (call.code === null) return null;
  const { provider, model, steps, request_id: requestId } = call;
  const last = steps.at(-1);
  return {
    code: call.code as ErrorCode,
    message: call.message ?? call.code,
    request_id: requestId,
    details: {
      provider,
      model,
      ...(last && { upstream_status: last.status, upstream_message: last.message }),
    },
  };
}

const t = historyMessages.history;

function factsOf({ status, upstream_status: answered, usage, cost, timing, mode }: CallDetail): Fact[] {
  const facts: Fact[] = [
    {
      label: t.status,
      value: <span className="num">{answered ?? status}</span>,
      note: answered !== null && answered !== status ? t.statusHere(status) : undefined,
    },
  ];
  if (usage) {
    const { prompt_tokens: prompt, completion_tokens: completion } = usage;
    const notes = [
      usage.cached_tokens && t.cached(formatCount(usage.cached_tokens)),
      usage.reasoning_tokens && t.reasoning(formatCount(usage.reasoning_tokens)),
      usage.estimated && t.estimated,
    ];
    facts.push({
      label: t.tokens,
      value: <span className="num">{t.tokensFact(formatCount(prompt), formatCount(completion))}</span>,
      note: notes.filter(Boolean).join(' · '),
    });
  }
  if (cost || mode === 'live')
    facts.push({
      label: messages.call.cost,
      value: <span className="num">{cost ? formatUsd(cost.total) : t.noCost}</span>,
      note:
        cost && [cost.source.replace('_', ' '), cost.estimated && t.estimated].filter(Boolean).join(' · '),
    });
  const total = <span className="num">{formatDuration(timing.total_ms)}</span>;
  return [...facts, { label: messages.call.total, value: total }];
}

/** The result of a recorded call: the provider's error message, or the reply if it was stored. */
export function RecordedResponse({ call }: { call: CallDetail }) {
  const error = errorOf(call);
  return (
    <div className="flex flex-col gap-3 p-3">
      {error && (
        <ErrorCard error={error} provider={call.provider} model={call.model} ms={call.timing.total_ms} />
      )}
      <FactList facts={factsOf(call)} />
      {call.checks && <CheckChips checks={call.checks} />}
      <Reply call={call} />
    </div>
  );
}

/** The readable text of a reply; for JSON, the text inside it. */
function textIn(reply: string): string {
  try {
    return replyText(reply, JSON.parse(reply) as unknown);
  } catch {
    return reply;
  }
}

function Reply({ call: { bodies, mode, ok } }: { call: CallDetail }) {
  if (mode === 'dry') return ok ? <p className="text-ink-soft">{t.planned}</p> : null;
  if (!bodies) return <KeepBodies />;
  if (bodies.reply === '') return ok ? <p className="text-ink-soft">{t.noReply}</p> : null;
  const text = textIn(bodies.reply);
  return (
    <section aria-label={t.reply}>
      <h3 className="mb-1 text-sm text-ink-faint">{t.reply}</h3>
      <p className="wrap-anywhere whitespace-pre-wrap">{text}</p>
      {text !== bodies.reply && (
        <details className="mt-1">
          <summary className="w-fit text-sm text-ink-soft">{messages.bench.forms.raw}</summary>
          <CodeBlock label={t.reply} text={bodies.reply} language="json" />
        </details>
      )}
      {bodies.session && <p className="mt-1 text-sm text-ink-faint">{t.inMemory}</p>}
      {bodies.cut && <p className="mt-1 text-sm text-ink-faint">{t.cutShort}</p>}
    </section>
  );
}
