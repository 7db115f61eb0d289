import type { PresetOptions } from '../../../../contract/module-preset.ts';
import type { InheritedOption } from '../../../../contract/preset-check.ts';
import type { ModelRule } from '../../../../contract/provider.ts';
import { sameValue } from '../../../state/drafts/same-value.ts';
import type { UsualParam } from './usual-params.ts';
import { paramNamed, usualParams } from './usual-params.ts';

export type ParamState = 'omit' | 'inherit' | 'set';

/** One parameter of the form. */
export interface ParamRow extends UsualParam {
  state: ParamState;
  value: unknown;
  /** The value that a call gets if the preset sets none. */
  inherited: InheritedOption | null;
  /** Differs from the form that the preset is compared with. */
  changed: boolean;
}

interface RowsInput {
  options: PresetOptions;
  /** The options to compare with. */
  base: PresetOptions;
  inherited: Readonly<Record<string, InheritedOption>>;
  rules: readonly ModelRule[];
  /** Names that were added by hand and may have no value yet. */
  added: readonly string[];
}

export function stateOf(options: PresetOptions, name: string): ParamState {
  if (options[name] === undefined) return 'inherit';
  return options[name] === null ? 'omit' : 'set';
}

function rangeIn(rules: readonly ModelRule[], name: string): { min?: number; max?: number } | undefined {
  const rule = rules.find((one) => one.rule === 'range' && one.param === name);
  return rule?.rule === 'range' ? { min: rule.min, max: rule.max } : undefined;
}

/** Every parameter to show: the usual ones, then those that are set, inherited or added. */
export function paramRows({ options, base, inherited, rules, added }: RowsInput): ParamRow[] {
  const usual = usualParams.map(({ name }) => name);
  const others = [base, inherited, options].flatMap((record) => Object.keys(record));
  const names = new Set([...usual, ...others, ...added]);
  return [...names].map((name) => {
    const value = options[name] ?? undefined;
    const from = inherited[name] ?? null;
    const param = paramNamed(name, value ?? from?.value ?? base[name]);
    return {
      ...param,
      ...rangeIn(rules, name),
      state: stateOf(options, name),
      value,
      inherited: from,
      changed: !sameValue({ value: options[name] }, { value: base[name] }),
    };
  });
}

/** The options with one parameter left out, inherited, or set. */
export function withParam(
  options: PresetOptions,
  name: string,
  state: ParamState,
  value?: unknown,
): PresetOptions {
  const { [name]: _old, ...others } = options;
  if (state === 'inherit') return others as PresetOptions;
  // The parameter keeps its position, so that the preset's text does not move while it is read.
  return { ...options, [name]: state === 'omit' ? null : value } as PresetOptions;
}

/** The initial value of a parameter when it is set. */
export function startOf(row: ParamRow, base: PresetOptions): unknown {
  return base[row.name] ?? row.inherited?.value ?? row.start;
}
