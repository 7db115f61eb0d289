import type { PresetOptions } from '../../../../contract/module-preset.ts';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { BenchInput } from '../input/chat-input.ts';
import type { Column } from './columns.ts';

/**
 * The settings to send with a column's model in a comparison: those of the preset in the first column, else
 * of the module's active preset. Null for a column that has a preset of its own, and for the stub.
 */
export function presetSettings(
  { target }: Column,
  [first]: readonly Column[],
  registry: RegistryView,
): PresetOptions | null {
  const { module: name, provider } = target;
  if (name === null || provider === null || provider === 'stub') return null;
  const module = registry.defaults.modules[name];
  const shownPreset = first?.target.provider === null ? first.target.preset : null;
  const options = module?.shortlist.find(({ id }) => id === shownPreset)?.options ?? module?.options;
  return options && Object.keys(options).length > 0 ? options : null;
}

/** Adds the settings to the input; settings that the input already has take precedence. */
export function withSettings(input: BenchInput, settings: PresetOptions | null): BenchInput {
  if (settings === null) return input;
  return { ...input, overrides: { ...input.overrides, params: { ...settings, ...input.overrides?.params } } };
}
