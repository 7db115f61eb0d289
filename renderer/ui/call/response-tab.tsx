import type { ChatAnswer, DryRunAnswer } from '../../../contract/chat.ts';
import { messages } from '../../messages.ts';
import { CodeBlock } from '../code-block.tsx';
import type { Fact } from '../facts.tsx';
import { FactList } from '../facts.tsx';
import { formatCount, formatDuration, formatUsd } from '../format.ts';
import { costRange } from './cost-range.ts';
import { HeaderList } from './header-list.tsx';
import { ReplyTimeline } from './reply-timeline.tsx';

const t = messages.call;

function beside(actual: string, estimated: string): Fact['value'] {
  return (
    <span className="num">
      {actual} <span className="text-ink-faint">{`${t.estimateBeside.toLowerCase()} ${estimated}`}</span>
    </span>
  );
}

function factsOf({ usage, cost, timing }: ChatAnswer, { estimate }: DryRunAnswer): Fact[] {
  const facts: Fact[] = [
    { label: t.total, value: <span className="num">{formatDuration(timing.total_ms)}</span> },
    { label: t.upstream, value: <span className="num">{formatDuration(timing.upstream_ms)}</span> },
  ];
  if (usage) {
    const tokens = formatCount(usage.prompt_tokens);
    facts.push({ label: t.promptTokens, value: beside(tokens, formatCount(estimate.prompt_tokens)) });
  }
  const price = cost?.source === 'free' ? t.free : formatUsd(cost?.total ?? 0);
  const spent = cost ? price : messages.ui.unknown;
  return [...facts, { label: t.cost, value: beside(spent, costRange(estimate)) }];
}

/** The answer: the estimate beside the real figures, where the time went, the headers, and the reply itself. */
export function ResponseTab({ reply, plan }: { reply: ChatAnswer; plan: DryRunAnswer }) {
  const { data } = reply;
  return (
    <div className="flex flex-col gap-3 p-3">
      <FactList facts={factsOf(reply, plan)} />
      <ReplyTimeline reply={reply} />
      <HeaderList headers={data.headers} />
      {data.raw !== null && (
        <section aria-label={t.rawReply}>
          <h3 className="mb-1 text-sm text-ink-faint">{t.rawReply}</h3>
          <CodeBlock label={t.rawReply} text={JSON.stringify(data.raw, null, 2)} language="json" />
        </section>
      )}
    </div>
  );
}
