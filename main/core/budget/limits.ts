import type { PanelSettings } from '../../../contract/settings.ts';
import type { BudgetView } from '../../../contract/call-log.ts';
import type { Env } from '../lib/ports.ts';

export interface Limits {
  /** USD a day (UTC); Infinity when the user took the limit off. */
  daily: number;
  /** USD a call. */
  call: number;
  source: BudgetView['source'];
}

export const limitVariables = {
  daily: 'COMFYVN_LLM_DAILY_BUDGET_USD',
  call: 'COMFYVN_LLM_CALL_BUDGET_USD',
} as const;

type Chosen = Pick<PanelSettings, 'daily_budget_usd' | 'call_budget_usd'>;

function limit(
  text: string | undefined,
  chosen: number | null,
): { usd: number; source: 'environment' | 'panel' } {
  const value = Number(text);
  if (text?.trim() && Number.isFinite(value) && value >= 0) return { usd: value, source: 'environment' };
  return { usd: chosen ?? Infinity, source: 'panel' };
}

let last: { env: Env; chosen: Chosen; limits: Limits } | undefined;

/** The variables where they hold a number, else what the panel is set to: 2 USD a day and 0.25 a call at first. */
export function limitsFrom(env: Env, chosen: Chosen): Limits {
  if (last?.env !== env || last.chosen !== chosen) last = { env, chosen, limits: readLimits(env, chosen) };
  return last.limits;
}

function readLimits(env: Env, chosen: Chosen): Limits {
  const daily = limit(env[limitVariables.daily], chosen.daily_budget_usd);
  const call = limit(env[limitVariables.call], chosen.call_budget_usd);
  return { daily: daily.usd, call: call.usd, source: { daily: daily.source, call: call.source } };
}
