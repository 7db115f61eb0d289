import { useState } from 'react';
import { messages } from '../../../messages.ts';
import { Field } from '../../../ui/field.tsx';
import { setOverrides, useOverrides } from '../input/overrides.ts';
import type { Run } from './run-store.ts';

const t = messages.bench.costCap;

/** Whether the call's cost has no upper bound, so that a budget refuses it without a cap. */
function isUnbounded(run: Run | null): boolean {
  return run?.error?.code === 'cost_unbounded' || (run?.plan?.estimate.bound?.unbounded.length ?? 0) > 0;
}

/** The whole text as an amount in USD; null if it is not one. */
function amountOf(text: string): number | null {
  const amount = Number(text);
  return /^\d+(\.\d+)?$/.test(text.trim()) && amount > 0 ? amount : null;
}

/** Beside Send: the maximum cost of a call, shown only if the cost has no upper bound. */
export function CostCap({ draftName, run }: { draftName: string; run: Run | null }) {
  const overrides = useOverrides(({ byModule }) => byModule[draftName]);
  const cap = overrides?.max_cost_usd;
  const [text, setText] = useState(cap === undefined ? '' : String(cap));
  if (!isUnbounded(run) && cap === undefined) return null;
  const change = (next: string) => {
    setText(next);
    const { max_cost_usd: _before, ...others } = overrides ?? {};
    const amount = amountOf(next);
    setOverrides(draftName, amount === null ? others : { ...others, max_cost_usd: amount });
  };
  const isBad = text.trim() !== '' && amountOf(text) === null;
  return (
    <div className="w-40">
      <Field
        label={t.label}
        isNumber
        placeholder="0.10"
        value={text}
        onChange={change}
        {...(isBad ? { error: t.noAmount } : {})}
      />
    </div>
  );
}
