import type { CodedText, TextDetail } from '../../../contract/coded-texts.ts';
import type { BudgetView } from '../../../contract/call-log.ts';
import { panelSettings, type PanelSettings } from '../../../contract/settings.ts';
import { AppError } from '../lib/app-error.ts';
import { codedText, detailOf } from '../lib/coded-text.ts';
import type { Env } from '../lib/host/ports.ts';

export interface Limits {
  /** USD per day (UTC); Infinity if the user removed the limit. */
  daily: number;
  /** USD per call. */
  call: number;
  source: BudgetView['source'];
  /** Limits that could not be read, each with its variable or file. Their defaults apply. */
  problems: string[];
  /** The same by `file_problem` in `contract/coded-texts.ts`. */
  problem_details: TextDetail[];
}

export const limitVariables = {
  daily: 'COMFYVN_LLM_DAILY_BUDGET_USD',
  call: 'COMFYVN_LLM_CALL_BUDGET_USD',
} as const;

export type ChosenLimits = Pick<PanelSettings, 'daily_budget_usd' | 'call_budget_usd'>;

/** Accepts only plain decimals: `1e9`, `0x10`, `$1` and `1,5` are more likely mistakes than limits. */
const amount = /^\d{1,9}(\.\d{1,9})?$/;

interface ReadLimit {
  usd: number;
  source: 'environment' | 'panel';
  problem?: CodedText<'file_problem'>;
}

function readLimit(
  variable: string,
  text: string | undefined,
  chosen: number | null,
  otherwise: number,
): ReadLimit {
  const trimmed = text?.trim();
  if (!trimmed) return { usd: chosen ?? Infinity, source: 'panel' };
  if (amount.test(trimmed)) return { usd: Number(trimmed), source: 'environment' };
  return {
    usd: Math.min(chosen ?? Infinity, otherwise),
    source: 'environment',
    problem: codedText(
      'file_problem',
      'not_amount',
      { variable },
      `${variable} is not an amount in USD such as 2 or 0.25`,
    ),
  };
}

/**
 * Reads the limits. Precedence: environment variables, then the panel's settings, then 2 USD per day and 0.25
 * USD per call. If a variable cannot be read, that is a problem, and the lower of setting and default
 * applies.
 */
export function limitsFrom(env: Env, chosen: ChosenLimits): Limits {
  const defaults = panelSettings.parse({});
  const day = readLimit(
    limitVariables.daily,
    env[limitVariables.daily],
    chosen.daily_budget_usd,
    defaults.daily_budget_usd ?? Infinity,
  );
  const call = readLimit(
    limitVariables.call,
    env[limitVariables.call],
    chosen.call_budget_usd,
    defaults.call_budget_usd ?? Infinity,
  );
  const problems = [day, call].flatMap(({ problem }) => problem ?? []);
  return {
    daily: day.usd,
    call: call.usd,
    source: { daily: day.source, call: call.source },
    problems: problems.map(({ message }) => message),
    problem_details: problems.map(detailOf),
  };
}

/**
 * For hosts without a window, where a warning would not be seen.
 * @param more problems of the settings file, as reported by its store
 * @throws AppError `invalid_request` that names each variable or file
 */
export function requireReadableLimits(env: Env, chosen: ChosenLimits, more: readonly string[] = []): void {
  const problems = [...limitsFrom(env, chosen).problems, ...more];
  if (problems.length) throw new AppError('invalid_request', problems.join('; '), { problems });
}
