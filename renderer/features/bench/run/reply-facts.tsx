import type { ChatAnswer, Cost, Usage } from '../../../../contract/chat.ts';
import { messages } from '../../../messages.ts';
import type { Fact } from '../../../ui/facts.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { formatCount, formatDuration, formatUsd } from '../../../ui/format.ts';

const words = messages.bench;

function tokenFacts(usage: Usage | null): Fact[] {
  if (!usage) return [];
  const note = usage.estimated ? words.estimated : undefined;
  const cached = usage.cached_tokens ? words.cached(formatCount(usage.cached_tokens)) : undefined;
  return [
    { label: words.tokensIn, value: formatCount(usage.prompt_tokens), note: cached ?? note },
    { label: words.tokensOut, value: formatCount(usage.completion_tokens), note },
  ];
}

function costFact(cost: Cost | null): Fact {
  if (!cost) return { label: words.cost, value: messages.ui.unknown };
  if (cost.source === 'free') return { label: words.cost, value: words.free };
  return {
    label: words.cost,
    value: formatUsd(cost.total),
    note: cost.estimated ? words.estimated : undefined,
  };
}

/** Usage, cost, time, and why the reply ended; in brief, where a table has the figures, only what warns. */
export function ReplyFacts({ answer, brief }: { answer: ChatAnswer; brief: boolean }) {
  const { timing, attempts, data } = answer;
  const facts: Fact[] = [
    ...tokenFacts(answer.usage),
    costFact(answer.cost),
    { label: words.time, value: formatDuration(timing.total_ms) },
  ];
  if (timing.first_token_ms !== undefined) {
    facts.push({ label: words.firstToken, value: formatDuration(timing.first_token_ms) });
  }
  facts.push({
    label: words.finish,
    value: data.finish_reason === 'length' ? words.finishCut : (data.finish_reason ?? messages.ui.unknown),
  });
  if (attempts.length > 1) facts.push({ label: words.attempts, value: attempts.length });
  if (brief && answer.warnings.length === 0) return null;
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-2">
      {!brief && <Facts facts={facts} />}
      {answer.warnings.map((warning) => (
        <p key={warning} className="text-sm text-warn">
          {warning}
        </p>
      ))}
    </div>
  );
}
