import type { DryRunAnswer } from '../../../../contract/chat.ts';
import type { PresetEntry, ProviderOptions } from '../../../../contract/module-preset.ts';
import type { OperationInput } from '../../../../contract/operations/table.ts';
import type { BenchOverrides } from '../../../state/bench-handoff.ts';
import { sameValue } from '../../../state/drafts/same-value.ts';
import { isObject } from '../../../api/is-object.ts';

type NewPreset = OperationInput<'presets.create'>['preset'];

/** An existing preset of the module, or one to create. */
export type PresetToServe = { id: string } | { create: NewPreset };

type Planned = Pick<DryRunAnswer, 'preset' | 'provider' | 'model' | 'options'>;

function isOverridden({ params = {}, schema, provider_options }: BenchOverrides): boolean {
  return Object.keys(params ?? {}).length > 0 || schema !== undefined || Boolean(provider_options);
}

/** Merges `provider_options` as main does: field by field, a caller's value wins over the preset's. */
function merge(under: unknown, over: unknown): unknown {
  if (!isObject(under) || !isObject(over)) return over === undefined ? under : over;
  const all = { ...under };
  for (const [name, value] of Object.entries(over)) all[name] = merge(under[name], value);
  return all;
}

/**
 * The preset that makes a module send what a run sent. If the run overrode settings of its preset, that is a
 * new preset with the overrides applied.
 */
export function presetToServe(
  { preset, provider, model, options }: Planned,
  overrides: BenchOverrides,
  shortlist: readonly PresetEntry[],
): PresetToServe {
  if (preset !== null && !isOverridden(overrides)) return { id: preset };
  const { params, schema, provider_options } = overrides;
  const base = shortlist.find(({ id }) => id === preset);
  const settings = {
    provider,
    model,
    // Keep a preset's `null`, which removes an option: `params` no longer show it.
    options: base ? { ...base.options, ...params } : options,
    schema: schema === undefined ? base?.schema : schema,
    provider_options: merge(base?.provider_options, provider_options) as ProviderOptions | undefined,
    ignore_rules: base?.ignore_rules,
  };
  const matching = shortlist.find((one) =>
    sameValue(settings, {
      provider: one.provider,
      model: one.model,
      options: one.options,
      schema: one.schema,
      provider_options: one.provider_options,
      ignore_rules: one.ignore_rules,
    }),
  );
  return matching ? { id: matching.id } : { create: { ...settings, notes: '' } };
}
