import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PackPreview } from '../../../../contract/user-pack.ts';
import { request } from '../../../api/client.ts';
import type { OperationError } from '../../../api/operation-error.ts';
import { useDebouncedValue } from '../../../state/use-debounced-value.ts';
import type { PackWork } from '../drafts/pack-draft.ts';

/** Main's preview of an unsaved pack. The previous preview stays until the next one arrives. */
export function usePreview(work: PackWork, variables: Record<string, unknown>) {
  const asked = JSON.stringify({ content: work, variables });
  const input = useDebouncedValue(asked);
  const { data, error, isPlaceholderData } = useQuery<PackPreview, OperationError>({
    queryKey: ['packs.preview', input],
    queryFn: ({ signal }) => request('packs.preview', JSON.parse(input) as { content: PackWork }, signal),
    placeholderData: keepPreviousData,
    // Every change has its own query, so old ones are not cached.
    gcTime: 0,
  });
  return { preview: data, error: error?.info ?? null, fresh: input === asked && !isPlaceholderData };
}
