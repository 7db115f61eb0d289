import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { PresetCheck } from '../../../../contract/preset-check.ts';
import type { PresetSettings } from '../../../../contract/user-preset.ts';
import { request } from '../../../api/client.ts';

const quietMs = 200;

/** What a call with these settings would become, by main; asked again after every pause in typing. */
export function usePresetCheck(module: string, settings: PresetSettings): PresetCheck | undefined {
  const input = useQuiet(JSON.stringify({ module, settings }));
  const { data } = useQuery({
    queryKey: ['presets.check', input],
    queryFn: ({ signal }) =>
      request('presets.check', JSON.parse(input) as { module: string; settings: PresetSettings }, signal),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return data;
}

/** A text once it has been the same for a while; the first one at once. */
function useQuiet(text: string): string {
  const [quiet, setQuiet] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(text), quietMs);
    return () => clearTimeout(timer);
  }, [text]);
  return quiet;
}
