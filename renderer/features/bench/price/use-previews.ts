import { useQueries } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { DryRunAnswer } from '../../../../contract/chat.ts';
import { request } from '../../../api/client.ts';
import { useOperation } from '../../../api/use-operation.ts';
import type { Column } from '../columns/columns.ts';
import type { BenchInput } from '../input/chat-input.ts';
import { chatInput, isPackRequest } from '../input/chat-input.ts';

/** Who types is not followed letter by letter. */
const quietMs = 350;
/** Nobody looks at the price of a text that has been changed since. */
const forgottenMs = 5000;

/** A value that has not changed for a moment; null until then. */
function useQuiet(value: string): string | null {
  const [quiet, setQuiet] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(value), quietMs);
    return () => clearTimeout(timer);
  }, [value]);
  return quiet === value ? quiet : null;
}

/** What each column would send now, while somebody types; null for what is not known yet or cannot be planned. */
export function usePreviews(
  columns: readonly { column: Column; input: BenchInput | null }[],
): (DryRunAnswer | null)[] {
  const registry = useOperation('registry.get', {});
  const wanted = columns.map(({ column, input }) =>
    input === null ? null : { ...chatInput(column.target, input), stream: true, dry_run: true },
  );
  const text = JSON.stringify(wanted);
  const isQuiet = useQuiet(text) !== null;
  const answers = useQueries({
    queries: wanted.map((asked) => ({
      // Keys, presets and prices may change what is sent: the registry's answer is then a newer one.
      queryKey: ['bench.preview', asked, registry.dataUpdatedAt],
      queryFn: ({ signal }: { signal: AbortSignal }): Promise<DryRunAnswer> => {
        if (asked === null) throw new Error('nothing to plan');
        return isPackRequest(asked)
          ? request('packs.plan', asked, signal)
          : request('chat.preview', asked, signal);
      },
      enabled: isQuiet && asked !== null,
      gcTime: forgottenMs,
    })),
  });
  return answers.map(({ data }) => data ?? null);
}
