import type { Estimate } from '../../../contract/plan.ts';
import { messages } from '../../messages.ts';
import type { Fact } from '../facts.tsx';
import { FactList } from '../facts.tsx';
import { formatCount, formatPrice, formatUsd } from '../format.ts';

const words = messages.call;

function costFacts({ cost }: Estimate): Fact[] {
  if (!cost) return [{ label: words.cost, value: words.priceUnknown }];
  if (cost.max === 0) return [{ label: words.cost, value: words.nothing }];
  return [
    { label: words.costMin, value: <span className="num">{formatUsd(cost.min)}</span> },
    {
      label: words.costMax,
      value: cost.max === null ? words.noMax : <span className="num">{formatUsd(cost.max)}</span>,
    },
  ];
}

function priceFacts({ price }: Estimate): Fact[] {
  if (!price) return [];
  const facts: Fact[] = [
    {
      label: words.price,
      value: (
        <span className="num">{words.perMillion(formatPrice(price.input), formatPrice(price.output))}</span>
      ),
    },
    { label: words.priceSource, value: price.source, note: words.asOf(price.as_of) },
  ];
  if (price.matched)
    facts.push({ label: words.matched, value: <code className="num">{price.matched}</code> });
  return facts;
}

/** What the call may cost, and on what that is based. */
export function CostTab({ estimate }: { estimate: Estimate }) {
  const { prompt_tokens: prompt, max_completion_tokens: most, counted_by: countedBy } = estimate;
  return (
    <div className="flex flex-col gap-3 p-3">
      <FactList
        facts={[
          ...costFacts(estimate),
          {
            label: words.promptTokens,
            value: <span className="num">{formatCount(prompt)}</span>,
            note: countedBy,
          },
          {
            label: words.maxCompletion,
            value: most === null ? words.noLimit : <span className="num">{formatCount(most)}</span>,
          },
          ...priceFacts(estimate),
        ]}
      />
      {!estimate.cost && <p className="text-sm text-ink-soft">{words.priceUnknownHelp}</p>}
    </div>
  );
}
