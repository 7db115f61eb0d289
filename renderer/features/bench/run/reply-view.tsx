import { Check, CircleSlash } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { messages } from '../../../messages.ts';
import { Badge } from '../../../ui/badge.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { mainColumn, useColumns } from '../columns/columns.ts';
import { ReplyFacts } from './reply-facts.tsx';
import type { Run } from './run-store.ts';
import { useShownRun } from './run-store.ts';

const words = messages.bench;
const WordDiff = lazy(() => import('../columns/word-diff.tsx').then((m) => ({ default: m.WordDiff })));

/** The reply as it grows, and what it came to when it is whole. */
export function ReplyView({ run }: { run: Run }) {
  const json = run.answer?.data.json;
  const other = useReplyToCompare(run);
  return (
    <article aria-label={words.reply} aria-busy={run.phase === 'running'} className="flex flex-col gap-3">
      <header className="flex min-h-7 items-center gap-2">
        <h2 className="num truncate text-ink-soft">
          {[run.provider, run.model].filter(Boolean).join(' / ')}
        </h2>
        {run.phase === 'cancelled' && (
          <Badge tone="warn" icon={CircleSlash}>
            {words.cancelled}
          </Badge>
        )}
        {json !== undefined && (
          <Badge tone="ok" icon={Check}>
            {run.answer?.data.repaired ? words.schemaRepaired : words.schemaFits}
          </Badge>
        )}
        <span className="flex-1" />
        {run.text !== '' && <CopyButton text={run.text} />}
      </header>
      {run.reasoning !== '' && <Reasoning text={run.reasoning} />}
      {json !== undefined && other === null ? (
        <CodeBlock label={words.reply} text={JSON.stringify(json, null, 2)} language="json" />
      ) : other !== null ? (
        <Suspense>
          <WordDiff before={other} after={run.text} />
        </Suspense>
      ) : (
        <p data-testid="reply" aria-live="polite" className="text-lg/6 wrap-anywhere whitespace-pre-wrap">
          {run.text}
        </p>
      )}
      {run.answer && <ReplyFacts answer={run.answer} />}
    </article>
  );
}

/** The first column's reply, where its differences are asked for. */
function useReplyToCompare(run: Run): string | null {
  const first = useShownRun(mainColumn);
  const wanted = useColumns(({ differences, further }) => differences && further.length > 0);
  return wanted && run.column !== mainColumn && first && run.phase !== 'running' ? first.text : null;
}

function Reasoning({ text }: { text: string }) {
  return (
    <details className="rounded-md border border-line px-2.5 py-1.5 text-ink-soft">
      <summary>{words.reasoning}</summary>
      <p className="mt-1 wrap-anywhere whitespace-pre-wrap">{text}</p>
    </details>
  );
}
