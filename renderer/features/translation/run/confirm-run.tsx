import { useState } from 'react';
import type { ProjectView, TranslationPlan } from '../../../../contract/translation.ts';
import { runCommand } from '../../../api/run-command.ts';
import { useAction } from '../../../api/use-action.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { amountIn } from '../../../ui/amount.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { NeedsPanel, useNeeds } from '../../../ui/call/needs-panel.tsx';
import { WarningLines } from '../../../ui/call/warning-lines.tsx';
import { Facts, type Fact } from '../../../ui/facts.tsx';
import { formatCount, formatSeconds, formatUsd } from '../../../ui/format.ts';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { chooseModel, closePanel } from '../project/open-panel.ts';
import { PanelSection } from '../project/panel-section.tsx';
import { selectProject } from '../selection.ts';
import { runOffer } from './run-offer.ts';

interface ConfirmRunProps {
  view: ProjectView;
  /** The plan is shown below and has the warnings already. */
  besidePlan: boolean;
}

/** The requests and the cost of a run. Nothing is sent before its button is pressed. */
export function ConfirmRun({ view, besidePlan }: ConfirmRunProps) {
  const plan = useOperation('translate.plan', { project: view.id, show_groups: 0 });
  return (
    <PanelSection title={t.run.title}>
      {plan.isError && <QueryFailure error={plan.error.info} onRetry={() => void plan.refetch()} />}
      {!plan.data && !plan.isError && <p className="appear-late text-ink-faint">{t.run.planning}</p>}
      {plan.data && <Offer view={view} plan={plan.data} besidePlan={besidePlan} />}
    </PanelSection>
  );
}

/** What is left of the daily limit, in USD; null without one, or while it is not known. */
function useLeftToday(): number | null {
  const { data } = useOperation('budget.get', {});
  if (!data || data.daily === null || data.spent_today === null) return null;
  return Math.max(0, data.daily - data.spent_today - (data.reserved ?? 0));
}

const price = (amount: number | null) =>
  amount === null ? t.run.priceUnknown : amount === 0 ? t.run.free : formatUsd(amount);

function Offer({ view, plan, besidePlan }: ConfirmRunProps & { plan: TranslationPlan }) {
  const { busy, error, run: act } = useAction();
  const [stopText, setStopText] = useState('');
  const [retryUnknown, setRetryUnknown] = useState(false);
  const atProvider = view.batches.reduce((sum, { requests }) => sum + requests, 0);
  const [asBatch, setAsBatch] = useState(atProvider > 0);
  const stop = amountIn(stopText);
  const unknown = view.unknown_groups;
  const resend = retryUnknown && unknown > 0;
  const pricedPlan = asBatch && plan.batch_cost ? { ...plan, cost: plan.batch_cost } : plan;
  const { likely, max, left, verdict } = runOffer(pricedPlan, stop ?? null, resend);
  const leftToday = useLeftToday();
  const needs = useNeeds(plan.groups > 0 ? plan.provider : null);
  const free = max === 0;
  const facts: Fact[] = [
    { label: t.run.likely, value: price(likely) },
    { label: t.run.atMost, value: price(max) },
    ...(free ? [] : [{ label: t.run.left, value: left === null ? t.run.noLimit : formatUsd(left) }]),
    ...(free || leftToday === null ? [] : [{ label: t.run.leftToday, value: formatUsd(leftToday) }]),
    ...(plan.seconds === null || asBatch
      ? []
      : [{ label: t.run.time, value: formatSeconds(plan.seconds * 1000) }]),
    ...(plan.batch_cost === null
      ? []
      : [{ label: t.run.batch, value: price(plan.batch_cost.expected), note: t.run.batchHelp }]),
  ];
  const nothing = verdict === 'nothing';
  // The core refuses a batch above the limit and reports its price, which the user can then confirm.
  const isAsked = asBatch && (verdict === 'refused' || verdict === 'may_pause');
  const reads = nothing && asBatch && atProvider > 0;
  const start = () =>
    act(async () => {
      await runCommand('translate.run', {
        project: view.id,
        ...(typeof stop === 'number' && { max_usd: stop }),
        ...(resend && { retry_unknown: true }),
        ...(asBatch && { delivery: 'batch' }),
      });
      closePanel();
    });
  return (
    <div className="flex flex-col gap-2.5">
      {nothing && atProvider === 0 && <p>{t.run.nothing}</p>}
      {plan.groups > 0 && (
        <div className="flex flex-wrap items-center gap-x-2">
          <p>
            {t.run.summary(
              formatCount(plan.units),
              formatCount(plan.groups),
              `${plan.provider} / ${plan.model}`,
            )}
          </p>
          <Button look="quiet" onClick={() => chooseModel(view.id)}>
            {t.run.otherModel}
          </Button>
        </div>
      )}
      {!nothing && <Facts facts={facts} />}
      {unknown > 0 && (
        <div className="flex flex-wrap items-center gap-3 text-sm">
          <span className="text-warn">{t.run.unknownGroups(formatCount(unknown))}</span>
          <Switch label={t.run.retryUnknown} checked={retryUnknown} onChange={setRetryUnknown} />
        </div>
      )}
      {(plan.batch_cost !== null || atProvider > 0) && (
        <div className="flex flex-wrap items-center gap-3 text-sm">
          <Switch label={t.run.asBatch} checked={asBatch} onChange={setAsBatch} />
          {atProvider > 0 && (
            <span className="text-ink-soft">{t.run.atProvider(formatCount(atProvider))}</span>
          )}
        </div>
      )}
      {isAsked && <p className="text-warn">{t.run.batchOverLimit(formatUsd(left ?? 0))}</p>}
      {verdict === 'refused' && !asBatch && (
        <p role="alert" className="text-bad">
          {t.run.overLimit(price(likely), formatUsd(left ?? 0))}
        </p>
      )}
      {verdict === 'may_pause' && !asBatch && (
        <p className="text-warn">{t.run.mayPause(formatUsd(left ?? 0))}</p>
      )}
      {plan.groups > 0 && (
        <div className="text-sm empty:hidden">
          <NeedsPanel providerName={plan.provider} />
        </div>
      )}
      {!besidePlan && <WarningLines warnings={plan.warning_details} quiet />}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          look={free ? 'primary' : 'live'}
          disabled={
            busy ||
            needs !== null ||
            (nothing && !reads) ||
            (verdict === 'refused' && !asBatch) ||
            stop === undefined
          }
          onClick={start}
        >
          {reads ? t.run.readBatch : free ? t.run.startFree : asBatch ? t.run.startBatch : t.run.start}
        </Button>
        <Button look="quiet" onClick={closePanel}>
          {t.run.keep}
        </Button>
        <span className="flex-1" />
        {verdict === 'refused' && (
          <Button onClick={() => selectProject(view.id, 'settings')}>{t.run.openSettings}</Button>
        )}
        {!free && (
          <label className="flex items-center gap-2 text-sm text-ink-soft">
            {t.run.stopAt}
            <input
              value={stopText}
              inputMode="decimal"
              aria-invalid={stop === undefined || undefined}
              title={stop === undefined ? t.run.stopAtWrong : undefined}
              onChange={(event) => setStopText(event.target.value)}
              className="num h-7 w-20 rounded-md border border-line-strong bg-raised px-2 text-right aria-invalid:border-bad"
            />
          </label>
        )}
      </div>
      {error && <ErrorCard error={error} />}
    </div>
  );
}
