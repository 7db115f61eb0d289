import { useState } from 'react';
import type { OperationOutput } from '../../../../contract/operations/table.ts';
import { stopText } from '../../../api/coded-text.ts';
import { request } from '../../../api/client.ts';
import { runCommand } from '../../../api/run-command.ts';
import { useAction } from '../../../api/use-action.ts';
import { trialsMessages } from '../../../messages/trials-messages.ts';
import { useFrame } from '../../../state/frame-store.ts';
import { keyText } from '../../../state/key-map.ts';
import { amountIn } from '../../../ui/amount.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { Field } from '../../../ui/field.tsx';
import { formatCount, formatUsd } from '../../../ui/format.ts';
import { Section } from '../../../ui/section.tsx';
import { priceText } from '../price-text.ts';

interface Planned {
  /** The typed name of the judge. */
  name: string;
  plan: OperationOutput<'trials.judgePlan'>;
}

/** Votes by a model: choose it, see the price, then start. */
export function JudgeForm({ trial }: { trial: string }) {
  const t = trialsMessages.trials;
  const mode = useFrame((state) => state.mode);
  const { busy, error, run } = useAction();
  const [name, setName] = useState('');
  const [limit, setLimit] = useState('');
  const [planned, setPlanned] = useState<Planned | null>(null);
  const [result, setResult] = useState<OperationOutput<'trials.judge'> | null>(null);
  const at = name.indexOf('/');
  const valid = at > 0 && at < name.length - 1;
  const amount = amountIn(limit);
  const judge = { trial, provider: name.slice(0, at), model: name.slice(at + 1) };
  // A plan that arrives after the name was changed belongs to another model.
  const plan = planned?.name === name ? planned.plan : null;
  const dry = plan?.cost?.max !== 0 && mode !== 'live' ? t.sendDry(keyText('toggleMode')) : undefined;
  const unbounded = (plan?.cost?.max ?? null) === null && amount === null ? t.needsLimit : undefined;
  const why = dry ?? unbounded ?? (amount === undefined ? t.badLimit : undefined);
  const ask = async () => {
    const max = typeof amount === 'number' ? { max_usd: amount } : {};
    setResult(await runCommand('trials.judge', { ...judge, ...max }));
    setPlanned(null);
  };
  return (
    <Section look="page" title={t.judge}>
      <p className="text-sm text-ink-faint">{t.judgeHelp}</p>
      <div className="flex flex-wrap items-end gap-2">
        <Field label={t.judgeName} value={name} onChange={setName} mono />
        <Field label={t.limit} value={limit} onChange={setLimit} isNumber />
        <Button
          disabled={busy || !valid}
          title={valid ? t.planHelp : t.badJudge}
          onClick={() =>
            run(async () => setPlanned({ name, plan: await request('trials.judgePlan', judge) }))
          }
        >
          {t.judgePlan}
        </Button>
        {plan && (
          <Button
            look={plan.cost?.max === 0 ? 'primary' : 'live'}
            disabled={busy || why !== undefined || plan.requests === 0}
            title={why}
            onClick={() => run(ask)}
          >
            {busy ? t.judging : t.judgeSend(formatCount(plan.requests), priceText(plan.cost))}
          </Button>
        )}
      </div>
      {plan && why && <p className="text-sm text-ink-soft">{why}</p>}
      {error && <ErrorCard error={error} />}
      {result && (
        <p role="status">
          {t.judged(result.voted, result.failed, formatUsd(result.spent_usd))}
          {result.reason !== null && ` · ${t.stoppedFor(stopText(result.reason, result.reason_detail))}`}
        </p>
      )}
    </Section>
  );
}
