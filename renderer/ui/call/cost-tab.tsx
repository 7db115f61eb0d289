import type { Estimate } from '../../../contract/plan.ts';
import { messages } from '../../messages.ts';
import type { Fact } from '../facts.tsx';
import { FactList } from '../facts.tsx';
import { formatCount, formatPrice, formatUsd } from '../format.ts';
import { TokenParts } from './token-parts.tsx';

const t = messages.call;

function costFacts({ cost }: Estimate): Fact[] {
  if (!cost) return [{ label: t.cost, value: t.priceUnknown }];
  if (cost.max === 0) return [{ label: t.cost, value: t.nothing }];
  return [
    { label: t.costMin, value: <span className="num">{formatUsd(cost.min)}</span> },
    {
      label: t.costMax,
      value: cost.max === null ? t.noMax : <span className="num">{formatUsd(cost.max)}</span>,
    },
  ];
}

function priceFacts({ price }: Estimate): Fact[] {
  if (!price) return [];
  const facts: Fact[] = [
    {
      label: t.price,
      value: <span className="num">{t.perMillion(formatPrice(price.input), formatPrice(price.output))}</span>,
    },
    { label: t.priceSource, value: price.source, note: t.asOf(price.as_of) },
  ];
  if (price.matched) facts.push({ label: t.matched, value: <code className="num">{price.matched}</code> });
  return facts;
}

/** What the call may cost, the basis of the estimate, and where the tokens are. */
export function CostTab({ estimate }: { estimate: Estimate }) {
  const { prompt_tokens: prompt, max_completion_tokens: max, counted_by: countedBy } = estimate;
  return (
    <div className="flex flex-col gap-3 p-3">
      <FactList
        facts={[
          ...costFacts(estimate),
          {
            label: t.promptTokens,
            value: <span className="num">{formatCount(prompt)}</span>,
            note: countedBy,
          },
          {
            label: t.maxCompletion,
            value: max === null ? t.noLimit : <span className="num">{formatCount(max)}</span>,
          },
          ...priceFacts(estimate),
        ]}
      />
      {!estimate.cost && <p className="text-sm text-ink-soft">{t.priceUnknownHelp}</p>}
      <TokenParts estimate={estimate} />
    </div>
  );
}
