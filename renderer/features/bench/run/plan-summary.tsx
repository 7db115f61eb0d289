import { Telescope } from 'lucide-react';
import type { DryRunAnswer } from '../../../../contract/chat.ts';
import { messages } from '../../../messages.ts';
import { costRange } from '../../../ui/call/cost-range.ts';
import { WarningLines } from '../../../ui/call/warning-lines.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { formatBytes, formatCount } from '../../../ui/format.ts';

const t = messages.bench;

/** A plan in brief, in place of a reply; the inspector has the full plan. */
export function PlanSummary({ plan }: { plan: DryRunAnswer }) {
  return (
    <article aria-label={t.planName} className="flex flex-col gap-3">
      <h2 className="flex items-center gap-2 font-medium">
        <Telescope size={15} aria-hidden="true" className="text-accent" />
        {t.planReady}
      </h2>
      <p className="num wrap-anywhere">
        {plan.plan.method} {plan.plan.url}
      </p>
      <Facts
        facts={[
          { label: t.model, value: `${plan.provider} / ${plan.model}` },
          { label: messages.call.bytes, value: formatBytes(plan.plan.bytes) },
          { label: t.tokensIn, value: formatCount(plan.estimate.prompt_tokens) },
          { label: t.cost, value: costRange(plan.estimate) },
        ]}
      />
      <WarningLines warnings={plan.warning_details} />
      <p className="text-sm text-ink-faint">{t.planReadyHelp}</p>
    </article>
  );
}
