import { Scissors } from 'lucide-react';
import { useOperation } from '../../../api/use-operation.ts';
import { messages } from '../../../messages.ts';
import { formatCount, formatUsd } from '../../../ui/format.ts';
import type { Column } from '../columns/columns.ts';
import type { BenchInput } from '../input/chat-input.ts';
import type { CallPrice } from './call-price.ts';
import { callPrice, sumOf } from './call-price.ts';
import { expectedReply } from './expected-reply.ts';
import { usePreviews } from './use-previews.ts';

/** How many earlier calls are read to estimate the length of a reply. */
const maxEarlierCalls = 30;

function useEarlierReplies(module: string | null, enabled: boolean): number[] {
  const query = { mode: 'live' as const, ok: true, limit: maxEarlierCalls, module: module ?? '' };
  const { data } = useOperation('calls.list', query, { enabled: enabled && module !== null });
  return (data?.calls ?? []).flatMap(({ usage }) => (usage ? [usage.completion_tokens] : []));
}

interface PriceNoteProps {
  /** The columns that Send runs. */
  columns: readonly Column[];
  input: BenchInput | null;
  columnInput: (column: Column, input: BenchInput) => BenchInput;
}

/** Beside Send: the likely and the maximum price of its calls. */
export function PriceNote({ columns, input, columnInput }: PriceNoteProps) {
  const paid = columns.filter(({ target }) => target.provider !== 'stub');
  const module = columns[0]?.target.module ?? null;
  const earlier = useEarlierReplies(module, paid.length > 0);
  const inputs = paid.map((column) => ({ column, input: input && columnInput(column, input) }));
  const previews = usePreviews(inputs);
  const plans = previews.filter((plan) => plan !== null && plan !== undefined);
  const t = messages.bench.price;
  if (input === null) return <Lines />;
  if (paid.length === 0) return <Lines first={t.offline} second={t.free} />;
  // Until all columns are planned the sum would be too low.
  if (plans.length < paid.length) return <Lines first={previews.includes(undefined) ? t.pending : ''} />;
  const replies = plans.map(({ estimate }) => expectedReply(module, estimate, earlier));
  const price = sumOf(plans.map(({ estimate }, index) => callPrice(estimate, replies[index]!)));
  const [reply] = replies;
  const help = reply && t.help(formatCount(reply.tokens), reply.calls);
  return (
    <>
      {price.cutAt !== null && (
        <span className="flex items-center gap-1 text-sm text-warn" title={t.cutHelp}>
          <Scissors size={12} aria-hidden="true" className="shrink-0" />
          {t.mayBeCut(formatCount(price.cutAt))}
        </span>
      )}
      <PriceLines price={price} help={help} />
    </>
  );
}

function PriceLines({ price, help }: { price: CallPrice; help: string | undefined }) {
  const t = messages.bench.price;
  if (price.unknown) return <Lines first={t.unknown} second={t.unknownHelp} />;
  if (price.max === 0) return <Lines first={t.local} second={t.free} />;
  return (
    <Lines
      first={t.likely(formatUsd(price.likely ?? 0))}
      second={price.max === null ? t.noMax : t.max(formatUsd(price.max))}
      help={help}
    />
  );
}

interface LinesProps {
  first?: string;
  second?: string;
  help?: string | undefined;
}

/** Two short lines in a place of their own, which is kept while they are empty: nothing beside them moves. */
function Lines({ first = '', second = '', help }: LinesProps) {
  return (
    <span
      role="group"
      aria-label={messages.bench.price.title}
      title={help}
      className="num flex h-7 min-w-26 shrink-0 flex-col items-end text-xs/3.5 whitespace-nowrap text-ink-soft"
    >
      <span className="text-ink">{first}</span>
      <span>{second}</span>
    </span>
  );
}
