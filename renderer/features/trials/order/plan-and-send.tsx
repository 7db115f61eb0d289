import { Send, Telescope } from 'lucide-react';
import { useState } from 'react';
import type { OperationInput } from '../../../../contract/operations/table.ts';
import type { TrialPlan } from '../../../../contract/trials.ts';
import { request } from '../../../api/client.ts';
import { runCommand } from '../../../api/run-command.ts';
import { useAction } from '../../../api/use-action.ts';
import { trialsMessages } from '../../../messages/trials-messages.ts';
import { useFrame } from '../../../state/frame-store.ts';
import { keyText } from '../../../state/key-map.ts';
import { goTo } from '../../../state/view.ts';
import { amountIn } from '../../../ui/amount.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { WarningLines } from '../../../ui/call/warning-lines.tsx';
import { Field } from '../../../ui/field.tsx';
import { formatCount } from '../../../ui/format.ts';
import { Section } from '../../../ui/section.tsx';
import { priceText } from '../price-text.ts';
import { PlanTable } from './plan-table.tsx';

/** Why the plan cannot be sent as it is; undefined if it can. */
function unavailableReason(
  plan: TrialPlan,
  mode: 'dry' | 'live',
  limit: ReturnType<typeof amountIn>,
): string | undefined {
  const t = trialsMessages.trials;
  const free = plan.cost?.max === 0;
  if (plan.contestants.some(({ refusal }) => refusal)) return t.refused;
  if (limit === undefined) return t.badLimit;
  if (free) return undefined;
  if (mode !== 'live') return t.sendDry(keyText('toggleMode'));
  return (plan.cost?.max ?? null) === null && limit === null ? t.needsLimit : undefined;
}

/** The warnings of all presets, each once. */
function PlanWarnings({ plan }: { plan: TrialPlan }) {
  const warnings = plan.contestants.flatMap(({ warning_details: details }) => details);
  const unique = new Map(warnings.map((warning) => [warning.message, warning]));
  return <WarningLines warnings={[...unique.values()]} />;
}

/** The plan with its price, and the button that sends it. */
export function PlanAndSend({ order }: { order: OperationInput<'trials.plan'> }) {
  const t = trialsMessages.trials;
  const mode = useFrame((state) => state.mode);
  const { busy, error, run } = useAction();
  const [plan, setPlan] = useState<TrialPlan | null>(null);
  const [limit, setLimit] = useState('');
  const amount = amountIn(limit);
  const unavailable = order.contestants.length ? undefined : t.noPresets;
  const why = plan ? unavailableReason(plan, mode, amount) : undefined;
  const send = async () => {
    const max = typeof amount === 'number' ? { max_usd: amount } : {};
    const { trial } = await runCommand('trials.start', { ...order, ...max });
    goTo('trials', trial.id);
  };
  return (
    <>
      <div className="flex flex-wrap items-end gap-2">
        <Button
          look={plan ? 'outline' : 'primary'}
          disabled={busy || unavailable !== undefined}
          title={unavailable ?? t.planHelp}
          onClick={() => run(async () => setPlan(await request('trials.plan', order)))}
        >
          <Telescope size={13} aria-hidden="true" />
          {busy && !plan ? t.planning : t.plan}
        </Button>
        {unavailable && <span className="text-sm text-ink-faint">{unavailable}</span>}
      </div>
      {error && <ErrorCard error={error} />}
      {plan && (
        <Section look="page" title={t.planned}>
          <PlanTable plan={plan} />
          <PlanWarnings plan={plan} />
          <Field
            label={t.limit}
            hint={t.limitHint}
            error={amount === undefined ? t.badLimit : undefined}
            value={limit}
            onChange={setLimit}
            isNumber
          />
          <div className="flex flex-wrap items-center gap-2">
            <Button
              look={plan.cost?.max === 0 ? 'primary' : 'live'}
              disabled={busy || why !== undefined}
              title={why}
              onClick={() => run(send)}
            >
              <Send size={13} aria-hidden="true" />
              {busy ? t.starting : t.send(formatCount(plan.requests))}
            </Button>
            <span className="text-sm text-ink-soft">{why ?? priceText(plan.cost)}</span>
          </div>
        </Section>
      )}
    </>
  );
}
