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
  /** What a call gets where the preset is silent. */
  inherited: InheritedOption | null;
  /** It is not as in the form that the preset is compared with. */
  changed: boolean;
}

interface RowsInput {
  options: PresetOptions;
  /** The options that it is compared with. */
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

/** Every parameter that has something to show: the usual ones, then whatever is set, inherited or was added. */
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
  // In its old place, or the text of the preset would move under whoever reads it.
  return { ...options, [name]: state === 'omit' ? null : value } as PresetOptions;
}

/** What a parameter begins with when it is set. */
export function startOf(row: ParamRow, base: PresetOptions): unknown {
  return base[row.name] ?? row.inherited?.value ?? row.start;
}
