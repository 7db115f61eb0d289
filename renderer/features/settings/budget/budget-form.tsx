import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { BudgetView } from '../../../../contract/call-log.ts';
import { useCommand } from '../../../api/use-command.ts';
import { messages } from '../../../messages.ts';
import { settingsMessages } from '../../../messages/settings-messages.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { formatUsd } from '../../../ui/format.ts';
import { amountIn, textOf } from '../../../ui/amount.ts';
import { ErrorLine } from '../../../ui/error-line.tsx';
import { Form } from '../../../ui/form.tsx';

const t = settingsMessages.settings.budget;
const variables = { daily: 'COMFYVN_LLM_DAILY_BUDGET_USD', call: 'COMFYVN_LLM_CALL_BUDGET_USD' };
const kinds = ['daily', 'call'] as const;
type Limits = Record<(typeof kinds)[number], number | null>;

/** The two limits; a limit from the environment is read-only. */
export function BudgetForm({ saved, budget }: { saved: Limits; budget: BudgetView }) {
  const [text, setText] = useState({ daily: textOf(saved.daily), call: textOf(saved.call) });
  const update = useCommand('settings.update');
  const typed = { daily: amountIn(text.daily), call: amountIn(text.call) };
  const valid = typed.daily !== undefined && typed.call !== undefined;
  const same = typed.daily === saved.daily && typed.call === saved.call;

  function save({ daily, call }: Limits, onSuccess?: () => void): void {
    update.mutate({ daily_budget_usd: daily, call_budget_usd: call }, { onSuccess });
  }

  function submit(): void {
    const { daily, call } = typed;
    if (daily === undefined || call === undefined || same) return;
    save({ daily, call }, () => toast({ title: t.saved, undo: () => save(saved) }));
  }

  return (
    <Form className="flex flex-col items-start gap-3" onSubmit={submit}>
      <div className="grid w-full grid-cols-2 gap-4">
        {kinds.map((kind) =>
          budget.source[kind] === 'environment' ? (
            <Fixed key={kind} kind={kind} usd={budget[kind]} />
          ) : (
            <Field
              key={kind}
              label={t.limits[kind]}
              isNumber
              value={text[kind]}
              onChange={(next) => setText({ ...text, [kind]: next })}
              hint={kind === 'daily' ? t.dailyHint : t.callHint}
              error={typed[kind] === undefined ? t.problem : undefined}
            />
          ),
        )}
      </div>
      <Warnings typed={typed} />
      <ErrorLine text={update.error?.message} />
      <Button
        type="submit"
        disabled={!valid || same || update.isPending}
        title={!valid ? t.problem : same ? t.unchanged : undefined}
      >
        {t.save}
      </Button>
    </Form>
  );
}

function Fixed({ kind, usd }: { kind: keyof Limits; usd: number | null }) {
  return (
    <div className="flex flex-col gap-1">
      <span className="text-sm text-ink-soft">{t.limits[kind]}</span>
      <span className="num">{usd === null ? messages.ui.none : formatUsd(usd)}</span>
      <span className="text-sm text-ink-faint">{t.fixed(variables[kind])}</span>
    </div>
  );
}

/** Warnings before saving: a limit is removed, or nothing is left to spend. */
function Warnings({ typed }: { typed: Record<keyof Limits, number | null | undefined> }) {
  const warnings = [
    ...(typed.daily === null ? [t.noDaily] : []),
    ...(typed.call === null ? [t.noCall] : []),
    ...(typed.daily === 0 || typed.call === 0 ? [t.zero] : []),
  ];
  return warnings.map((warning) => (
    <p key={warning} role="status" className="flex items-start gap-2 text-warn">
      <TriangleAlert size={14} aria-hidden="true" className="mt-0.5 shrink-0" />
      {warning}
    </p>
  ));
}
