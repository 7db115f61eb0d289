import type { ChatAnswer, DryRunAnswer } from '../../../contract/chat.ts';
import { messages } from '../../messages.ts';
import { CodeBlock } from '../code-block.tsx';
import type { Fact } from '../facts.tsx';
import { FactList } from '../facts.tsx';
import { formatCount, formatDuration, formatUsd } from '../format.ts';
import { costRange } from './cost-range.ts';

const words = messages.call;

function beside(actual: string, estimated: string): Fact['value'] {
  return (
    <span className="num">
      {actual} <span className="text-ink-faint">{`${words.estimateBeside.toLowerCase()} ${estimated}`}</span>
    </span>
  );
}

function factsOf({ usage, cost, timing }: ChatAnswer, { estimate }: DryRunAnswer): Fact[] {
  const facts: Fact[] = [
    { label: words.total, value: <span className="num">{formatDuration(timing.total_ms)}</span> },
    { label: words.upstream, value: <span className="num">{formatDuration(timing.upstream_ms)}</span> },
  ];
  if (usage) {
    const tokens = formatCount(usage.prompt_tokens);
    facts.push({ label: words.promptTokens, value: beside(tokens, formatCount(estimate.prompt_tokens)) });
  }
  const spent = cost ? formatUsd(cost.total) : messages.ui.unknown;
  return [...facts, { label: words.cost, value: beside(spent, costRange(estimate)) }];
}

/** What came back, the estimate beside the truth. */
export function ResponseTab({ reply, plan }: { reply: ChatAnswer; plan: DryRunAnswer }) {
  const { data } = reply;
  return (
    <div className="flex flex-col gap-3 p-3">
      <FactList facts={factsOf(reply, plan)} />
      <section aria-label={words.rawReply}>
        <h3 className="mb-1 text-sm text-ink-faint">{words.rawReply}</h3>
        <CodeBlock label={words.rawReply} text={JSON.stringify(data.raw, null, 2)} language="json" />
      </section>
    </div>
  );
}
