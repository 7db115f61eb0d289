import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PackPreview } from '../../../../contract/user-pack.ts';
import { request } from '../../../api/client.ts';
import type { OperationError } from '../../../api/operation-error.ts';
import { useDebouncedValue } from '../../../state/use-debounced-value.ts';
import type { PackWork } from '../drafts/pack-draft.ts';

/** What main makes of an unsaved pack; the answer before stays while the next is made. */
export function usePreview(work: PackWork, variables: Record<string, unknown>) {
  const asked = JSON.stringify({ content: work, variables });
  const input = useDebouncedValue(asked);
  const { data, error, isPlaceholderData } = useQuery<PackPreview, OperationError>({
    queryKey: ['packs.preview', input],
    queryFn: ({ signal }) => request('packs.preview', JSON.parse(input) as { content: PackWork }, signal),
    placeholderData: keepPreviousData,
    // Every keystroke asks anew: none is worth keeping.
    gcTime: 0,
  });
  return { preview: data, error: error?.info ?? null, fresh: input === asked && !isPlaceholderData };
}
