import { useOperation } from '../../../api/use-operation.ts';
import type { BenchInput } from '../input/chat-input.ts';
import type { Column } from './columns.ts';
import { useAllColumns, useColumns } from './columns.ts';
import { presetSettings, withSettings } from './preset-settings.ts';

/** The input that a column sends: in a comparison with the preset's settings, unless they are turned off. */
export function useColumnInput(): (column: Column, input: BenchInput) => BenchInput {
  const { data: registry } = useOperation('registry.get', {});
  const columns = useAllColumns();
  const usesPresetSettings = useColumns((state) => state.presetSettings) && columns.length > 1;
  return (column, input) =>
    usesPresetSettings && registry ? withSettings(input, presetSettings(column, columns, registry)) : input;
}
