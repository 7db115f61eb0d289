import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PresetCheck } from '../../../../contract/preset-check.ts';
import type { PresetSettings } from '../../../../contract/user-preset.ts';
import { request } from '../../../api/client.ts';
import { useDebouncedValue } from '../../../state/use-debounced-value.ts';

/** What a call with these settings would become, by main; asked again after every pause in typing. */
export function usePresetCheck(module: string, settings: PresetSettings): PresetCheck | undefined {
  const input = useDebouncedValue(JSON.stringify({ module, settings }));
  const { data } = useQuery({
    queryKey: ['presets.check', input],
    queryFn: ({ signal }) =>
      request('presets.check', JSON.parse(input) as { module: string; settings: PresetSettings }, signal),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return data;
}
