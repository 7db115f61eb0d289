import type { ChatAnswer, Cost, Usage } from '../../../../contract/chat.ts';
import { messages } from '../../../messages.ts';
import { WarningLines } from '../../../ui/call/warning-lines.tsx';
import type { Fact } from '../../../ui/facts.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { formatCount, formatDuration, formatUsd } from '../../../ui/format.ts';

const t = messages.bench;

function tokenFacts(usage: Usage | null): Fact[] {
  if (!usage) return [];
  const note = usage.estimated ? t.estimated : undefined;
  const cached = usage.cached_tokens ? t.cached(formatCount(usage.cached_tokens)) : undefined;
  return [
    { label: t.tokensIn, value: formatCount(usage.prompt_tokens), note: cached ?? note },
    { label: t.tokensOut, value: formatCount(usage.completion_tokens), note },
  ];
}

function costFact(cost: Cost | null): Fact {
  if (!cost) return { label: t.cost, value: messages.ui.unknown };
  if (cost.source === 'free') return { label: t.cost, value: t.free };
  return {
    label: t.cost,
    value: formatUsd(cost.total),
    note: cost.estimated ? t.estimated : undefined,
  };
}

/** Usage, cost, time, and why the reply ended. `brief`, beside a table that has the figures: warnings only. */
export function ReplyFacts({ answer, brief }: { answer: ChatAnswer; brief: boolean }) {
  const { timing, attempts, data } = answer;
  const facts: Fact[] = [
    ...tokenFacts(answer.usage),
    costFact(answer.cost),
    { label: t.time, value: formatDuration(timing.total_ms) },
  ];
  if (timing.first_token_ms !== undefined) {
    facts.push({ label: t.firstToken, value: formatDuration(timing.first_token_ms) });
  }
  facts.push({
    label: t.finish,
    value: data.finish_reason === 'length' ? t.finishCut : (data.finish_reason ?? messages.ui.unknown),
  });
  if (attempts.length > 1) facts.push({ label: t.attempts, value: attempts.length });
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-2 empty:hidden">
      {!brief && <Facts facts={facts} />}
      <WarningLines warnings={answer.warning_details} />
    </div>
  );
}
