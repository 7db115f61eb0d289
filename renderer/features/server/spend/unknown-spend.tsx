import { useState } from 'react';
import type { UnknownSpend } from '../../../../contract/call-log.ts';
import { codedText } from '../../../api/coded-text.ts';
import { useCommand } from '../../../api/use-command.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { toast } from '../../../state/toasts.ts';
import { amountIn } from '../../../ui/amount.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { formatDateTime, formatUsd } from '../../../ui/format.ts';
import { Section } from '../../../ui/section.tsx';
import { ErrorLine } from '../../../ui/error-line.tsx';

const t = serverMessages.server.spend.unknown;

/** Calls with an unknown cost, each with the ways to settle it. */
export function UnknownSpendList({ calls }: { calls: readonly UnknownSpend[] }) {
  if (calls.length === 0) return null;
  return (
    <Section look="page" title={t.title}>
      <p className="max-w-prose text-ink-soft">{t.help}</p>
      <ul aria-label={t.title} className="flex flex-col divide-y divide-line">
        {calls.map((call) => (
          <UnknownCall key={call.id} call={call} />
        ))}
      </ul>
    </Section>
  );
}

function UnknownCall({ call }: { call: UnknownSpend }) {
  const { id, model, provider, bound_usd: bound, reason, reason_detail: detail, provider_ref: ref } = call;
  const [text, setText] = useState('');
  const settle = useCommand('spend.settle');
  const verify = useCommand('spend.verify');
  const failure = settle.error ?? verify.error;
  const usd = amountIn(text) ?? null;
  const fits = usd !== null && usd <= bound;
  const done = (amount: number) => toast({ title: t.settled(formatUsd(amount)) });
  return (
    <li className="flex flex-wrap items-end gap-x-4 gap-y-2 py-2">
      <div className="min-w-52 flex-1">
        <p>
          {[provider, model].filter(Boolean).join(' / ') || '–'}
          <span className="ml-2 text-sm text-ink-faint">
            {call.reserved_at === null ? call.day : formatDateTime(call.reserved_at)}
          </span>
        </p>
        <p className="text-sm wrap-anywhere text-ink-soft">{codedText('unknown_spend', reason, detail)}</p>
        <ErrorLine text={failure?.message} className="text-sm" />
      </div>
      <p className="pb-1 text-sm">
        {t.bound} <span className="num">{formatUsd(bound)}</span>
      </p>
      <div className="w-44">
        <Field
          label={t.paid(model ?? '')}
          isNumber
          placeholder="0.00"
          value={text}
          onChange={setText}
          {...(text !== '' && !fits ? { error: t.noAmount } : {})}
        />
      </div>
      <Button
        disabled={!fits || settle.isPending}
        onClick={() => usd !== null && settle.mutate({ id, usd }, { onSuccess: () => done(usd) })}
      >
        {t.settle}
      </Button>
      {ref !== null && (
        <Button
          look="quiet"
          disabled={verify.isPending}
          onClick={() => verify.mutate({ id }, { onSuccess: (answer) => done(answer.usd) })}
        >
          {t.verify}
        </Button>
      )}
    </li>
  );
}
