import type { DryRunAnswer } from '../../../../contract/chat.ts';
import type { PresetEntry, ProviderOptions } from '../../../../contract/module-preset.ts';
import type { OperationInput } from '../../../../contract/operations/table.ts';
import type { BenchOverrides } from '../../../state/bench-handoff.ts';
import { sameValue } from '../../../state/drafts/same-value.ts';

type NewPreset = OperationInput<'presets.create'>['preset'];

/** A preset that the module has already, or one to create. */
export type PresetToServe = { id: string } | { create: NewPreset };

type Planned = Pick<DryRunAnswer, 'preset' | 'provider' | 'model' | 'options'>;

function isOverridden({ params = {}, schema, provider_options }: BenchOverrides): boolean {
  return Object.keys(params ?? {}).length > 0 || schema !== undefined || Boolean(provider_options);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As main lays a caller's `provider_options` over the preset's: field by field, the later one wins. */
function merged(under: unknown, over: unknown): unknown {
  if (!isRecord(under) || !isRecord(over)) return over === undefined ? under : over;
  const all = { ...under };
  for (const [name, value] of Object.entries(over)) all[name] = merged(under[name], value);
  return all;
}

/**
 * The preset with which a module sends what a run sent. A run that overrode settings of its preset is not that preset:
 * it is the preset's settings with the overrides on top of them, as a new one.
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
    // A preset's `null` takes an option out: what was sent does not show it any more.
    options: base ? { ...base.options, ...params } : options,
    schema: schema === undefined ? base?.schema : schema,
    provider_options: merged(base?.provider_options, provider_options) as ProviderOptions | undefined,
    ignore_rules: base?.ignore_rules,
  };
  const same = shortlist.find((one) =>
    sameValue(settings, {
      provider: one.provider,
      model: one.model,
      options: one.options,
      schema: one.schema,
      provider_options: one.provider_options,
      ignore_rules: one.ignore_rules,
    }),
  );
  return same ? { id: same.id } : { create: { ...settings, notes: '' } };
}
