import type { DryRunAnswer } from '../../../contract/chat.ts';
import { messages } from '../../messages.ts';
import { costRange } from './cost-range.ts';
import { LifecycleBadge } from '../lifecycle-badge.tsx';

/** Where the planned call would go, and the rule that decided it. */
export function PlanTarget({ answer }: { answer: DryRunAnswer }) {
  const { module, preset, provider, model, lifecycle, resolution } = answer;
  const by = messages.call.via[resolution.via];
  const where = [module, preset].filter(Boolean).join(' · ');
  return (
    <div className="flex shrink-0 flex-col gap-0.5 px-3 pt-2.5 pb-1">
      <p className="flex flex-wrap items-center gap-2">
        <span className="num font-medium wrap-anywhere">
          {provider} / {model}
        </span>
        <LifecycleBadge lifecycle={lifecycle} />
      </p>
      <p className="text-sm text-ink-faint wrap-anywhere">
        {messages.call.resolved(by)}
        {where && <span className="num"> · {where}</span>}
      </p>
      <p className="text-sm">
        <span className="text-ink-faint">{messages.call.cost}</span>{' '}
        <span className="num">{costRange(answer.estimate)}</span>
      </p>
    </div>
  );
}
