import type { PresetOptions } from '../../../../contract/module-preset.ts';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { BenchInput } from '../input/chat-input.ts';
import type { Column } from './columns.ts';

/**
 * The settings that a column's call gets beside its model where columns are compared: those of the preset that the first
 * column shows, else of the one that serves the module. Null for a column that brings its own, by a preset, and offline.
 */
export function presetSettings(
  { target }: Column,
  [first]: readonly Column[],
  registry: RegistryView,
): PresetOptions | null {
  const { module: name, provider } = target;
  if (name === null || provider === null || provider === 'stub') return null;
  const module = registry.defaults.modules[name];
  const shown = first?.target.provider === null ? first.target.preset : null;
  const options = module?.shortlist.find(({ id }) => id === shown)?.options ?? module?.options;
  return options && Object.keys(options).length > 0 ? options : null;
}

/** The input with these settings under whatever stands in it already. */
export function withSettings(input: BenchInput, settings: PresetOptions | null): BenchInput {
  if (settings === null) return input;
  return { ...input, overrides: { ...input.overrides, params: { ...settings, ...input.overrides?.params } } };
}
