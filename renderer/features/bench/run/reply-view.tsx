import { Check, CircleSlash, FlaskConical, Scissors } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { messages } from '../../../messages.ts';
import { Badge } from '../../../ui/badge.tsx';
import { CheckChips } from '../../../ui/call/check-chips.tsx';
import { HeaderList } from '../../../ui/call/header-list.tsx';
import { replyText } from '../../../ui/call/readable-text.ts';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { formatCount } from '../../../ui/format.ts';
import { Segments } from '../../../ui/segments.tsx';
import { mainColumn, useColumns } from '../columns/columns.ts';
import { ReplyFacts } from './reply-facts.tsx';
import type { Run } from './run-store.ts';
import { useShownRun } from './run-store.ts';

const WordDiff = lazy(() => import('../columns/word-diff.tsx').then((m) => ({ default: m.WordDiff })));

type Form = 'text' | 'json' | 'raw' | 'headers';

/** The readable text of a run's reply; for JSON, the text inside it. */
const textOfRun = ({ text, answer }: Run): string => replyText(text, answer?.data.json);

/** The reply while it streams, then in all its forms, text first. */
export function ReplyView({ run }: { run: Run }) {
  const [form, setForm] = useState<Form>('text');
  const other = useReplyToCompare(run);
  const text = textOfRun(run);
  const checks = run.answer?.checks ?? [];
  const { reply, forms, form: formLabel, copyText } = messages.bench;
  const compared = useColumns(({ further }) => further.length > 0);
  // A narrow column shows only the readable forms; the inspector has the rest.
  const ways = formsOf(run).filter((way) => !compared || way === 'text' || way === 'json');
  return (
    <article aria-label={reply} aria-busy={run.phase === 'running'} className="flex flex-col gap-3">
      <header className="flex min-h-7 flex-wrap items-center gap-2">
        <h2 className="num min-w-0 truncate text-ink-soft">
          {[run.provider, run.model].filter(Boolean).join(' / ')}
        </h2>
        <Marks run={run} />
        <span className="flex-1" />
        {run.answer && ways.length > 1 && (
          <Segments
            label={formLabel}
            options={ways.map((value) => ({ value, label: forms[value] }))}
            value={form}
            onChange={setForm}
          />
        )}
        {text !== '' && <CopyButton text={text} label={copyText} />}
      </header>
      {run.answer?.mock && <p className="text-sm text-ink-soft">{sampleNote(run)}</p>}
      {run.reasoning !== '' && <Reasoning text={run.reasoning} />}
      {form !== 'text' && run.answer ? (
        <OtherForm run={run} form={form} />
      ) : other !== null ? (
        <Suspense>
          <WordDiff before={other} after={text} />
        </Suspense>
      ) : (
        <p data-testid="reply" aria-live="polite" className="text-lg/6 wrap-anywhere whitespace-pre-wrap">
          {text}
        </p>
      )}
      <CheckChips checks={checks} />
      {run.answer && <ReplyFacts answer={run.answer} brief={compared} />}
    </article>
  );
}

/** Whether the stub made up the reply from the message, or returned the pack's sample. */
function sampleNote({ answer, input }: Run): string {
  const echo = 'messages' in input && input.messages.at(-1)?.content === answer?.reply;
  return echo ? messages.bench.sampleEcho : messages.bench.sampleHelp;
}

function Marks({ run }: { run: Run }) {
  const { cancelled, cutAt, sample, schemaFits, schemaRepaired } = messages.bench;
  const { answer, phase } = run;
  return (
    <>
      {answer?.mock && (
        <Badge tone="accent" icon={FlaskConical}>
          {sample}
        </Badge>
      )}
      {phase === 'cancelled' && (
        <Badge tone="warn" icon={CircleSlash}>
          {cancelled}
        </Badge>
      )}
      {answer?.data.finish_reason === 'length' && (
        <Badge tone="warn" icon={Scissors}>
          {cutAt(answer.usage ? formatCount(answer.usage.completion_tokens) : null)}
        </Badge>
      )}
      {answer?.data.json !== undefined && !answer.mock && (
        <Badge tone="ok" icon={Check}>
          {answer.data.repaired ? schemaRepaired : schemaFits}
        </Badge>
      )}
    </>
  );
}

function formsOf({ answer }: Run): Form[] {
  if (!answer) return ['text'];
  const { json, headers } = answer.data;
  return [
    'text',
    ...(json === undefined ? [] : (['json'] as const)),
    'raw',
    ...(Object.keys(headers).length > 0 ? (['headers'] as const) : []),
  ];
}

function OtherForm({ run, form }: { run: Run; form: Exclude<Form, 'text'> }) {
  const data = run.answer?.data;
  if (!data) return null;
  if (form === 'headers') return <HeaderList headers={data.headers} />;
  const label = messages.bench.forms[form];
  if (form === 'json')
    return <CodeBlock label={label} text={JSON.stringify(data.json, null, 2)} language="json" />;
  // A stream has no single response document, so its text is shown.
  return data.raw === null ? (
    <CodeBlock label={label} text={data.reply} />
  ) : (
    <CodeBlock label={label} text={JSON.stringify(data.raw, null, 2)} language="json" />
  );
}

/** The first column's reply, if its differences are shown. */
function useReplyToCompare(run: Run): string | null {
  const first = useShownRun(mainColumn);
  const isComparing = useColumns(({ differences, further }) => differences && further.length > 0);
  return isComparing && run.column !== mainColumn && first && run.phase !== 'running'
    ? textOfRun(first)
    : null;
}

function Reasoning({ text }: { text: string }) {
  return (
    <details className="rounded-md border border-line px-2.5 py-1.5 text-ink-soft">
      <summary>{messages.bench.reasoning}</summary>
      <p className="mt-1 wrap-anywhere whitespace-pre-wrap">{text}</p>
    </details>
  );
}
