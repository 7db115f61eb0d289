import { useState } from 'react';
import { TextSearch } from 'lucide-react';
import type { OperationOutput } from '../../../../contract/operations/table.ts';
import type { UnitView } from '../../../../contract/translation.ts';
import { runCommand } from '../../../api/run-command.ts';
import { useAction } from '../../../api/use-action.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { messages } from '../../../messages.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { translationReviewMessages as reviewTexts } from '../../../messages/translation-review-messages.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FactList } from '../../../ui/facts.tsx';
import { formatCount, formatTimestamp, formatUsd } from '../../../ui/format.ts';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { Section } from '../../../ui/section.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { RequestView } from '../plan/request-view.tsx';
import { MarkedText } from './marked-text.tsx';
import { problemName, problemText } from './problem-chips.tsx';
import { useReview } from './review-store.ts';

type Unit = OperationOutput<'translate.unit'>;

const linesBefore = 4;
const linesAround = 9;

const originText = (origin: string | null) =>
  origin === null ? '' : (reviewTexts.unit.origin[origin] ?? origin);

/** The line that is selected in the review. */
export function UnitInspector() {
  const picked = useReview((state) => state.unit);
  if (picked === null)
    return (
      <EmptyState icon={TextSearch} title={reviewTexts.unit.pick}>
        {reviewTexts.unit.pickHelp}
      </EmptyState>
    );
  return <Picked project={picked.project} id={picked.id} />;
}

function Picked({ project, id }: { project: string; id: string }) {
  const { data, error, refetch } = useOperation('translate.unit', { project, id });
  const [tab, setTab] = useState('line');
  if (error) return <QueryFailure error={error.info} onRetry={() => void refetch()} />;
  if (!data) return <p className="appear-late p-3 text-ink-faint">{messages.ui.loading}</p>;
  const [group] = data.groups;
  return (
    <Tabs
      label={messages.frame.inspector}
      value={tab}
      onChange={setTab}
      items={[
        {
          id: 'line',
          label: reviewTexts.unit.tabs.line,
          content: <Line key={id} project={project} unit={data} />,
        },
        {
          id: 'request',
          label: reviewTexts.unit.tabs.request,
          content: group ? (
            <RequestView of={{ project, group: group.id }} />
          ) : (
            <p className="p-3 text-ink-soft">{reviewTexts.unit.noRequest}</p>
          ),
        },
      ]}
    />
  );
}

function Line({ project, unit: { unit, earlier, groups } }: { project: string; unit: Unit }) {
  const { busy, error, run } = useAction();
  const use = (target: string) =>
    run(
      async () =>
        void (await runCommand('translate.update', { project, id: unit.id, target, state: 'draft' })),
    );
  const [group] = groups;
  return (
    <div className="flex flex-col gap-4 p-3">
      <Text title={reviewTexts.unit.source} unit={unit} of="source" />
      <Text title={reviewTexts.unit.target} unit={unit} of="target" />
      <Section look="page" title={reviewTexts.unit.checks}>
        {unit.problems.length === 0 && <p className="text-ink-soft">{reviewTexts.unit.noProblem}</p>}
        <ul className="flex flex-col gap-1.5">
          {unit.problems.map((problem, at) => (
            <li key={at} className="flex items-start gap-2">
              <Badge tone={problem.severity === 'error' ? 'bad' : 'warn'}>{problemName(problem.code)}</Badge>
              <span className="min-w-0 wrap-anywhere">{problemText(problem)}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Around project={project} unit={unit} />
      <Section look="page" title={reviewTexts.unit.history}>
        <p>
          {reviewTexts.unit.now(
            t.project.state[unit.state],
            [originText(unit.origin), unit.model].filter(Boolean).join(' · '),
          )}
        </p>
        {unit.previous && (
          <div>
            <p className="text-sm text-ink-faint">{reviewTexts.unit.previous}</p>
            <p className="whitespace-pre-wrap text-ink-soft">{unit.previous.source}</p>
            <p className="whitespace-pre-wrap">{unit.previous.target}</p>
          </div>
        )}
        {earlier.length === 0 && <p className="text-ink-soft">{reviewTexts.unit.noHistory}</p>}
        {earlier.map(({ target, state, origin, model, replaced_at }) => (
          <div key={`${replaced_at} ${target}`} className="flex items-start gap-2">
            <div className="min-w-0 flex-1">
              <p className="whitespace-pre-wrap wrap-anywhere">{target}</p>
              <p className="text-sm text-ink-faint">
                {reviewTexts.unit.before(
                  t.project.state[state],
                  model ?? originText(origin),
                  formatTimestamp(replaced_at),
                )}
              </p>
            </div>
            {unit.read_only === null && (
              <Button disabled={busy} onClick={() => use(target)}>
                {reviewTexts.unit.restore}
              </Button>
            )}
          </div>
        ))}
        {error && <ErrorCard error={error} />}
      </Section>
      <Suggestions project={project} unit={unit} onUse={use} />
      <FactList
        facts={[
          ...(group
            ? [
                {
                  label: reviewTexts.unit.price,
                  value: <span className="num">{formatUsd(group.cost_per_unit)}</span>,
                  note: reviewTexts.unit.priceNote(formatUsd(group.cost_usd), formatCount(group.units)),
                },
              ]
            : []),
          { label: reviewTexts.unit.where, value: [unit.file, unit.scene].filter(Boolean).join(' · ') },
          { label: reviewTexts.unit.key, value: <code className="num wrap-anywhere">{unit.key}</code> },
        ]}
      />
    </div>
  );
}

function Text({ title, unit, of }: { title: string; unit: UnitView; of: 'source' | 'target' }) {
  return (
    <Section look="page" title={title}>
      <p className="whitespace-pre-wrap wrap-anywhere">
        {unit[of] === null ? (
          <span className="text-ink-faint">{reviewTexts.review.noTarget}</span>
        ) : (
          <MarkedText unit={unit} of={of} />
        )}
      </p>
    </Section>
  );
}

function Around({ project, unit }: { project: string; unit: UnitView }) {
  const after = Math.max(0, unit.ordinal - linesBefore - 1);
  const { data } = useOperation('translate.units', { project, file: unit.file, after, limit: linesAround });
  return (
    <Section look="page" title={reviewTexts.unit.around}>
      <ol className="flex flex-col gap-1.5 text-sm">
        {data?.units.map(({ id, speaker, source, target }) => (
          <li
            key={id}
            aria-current={id === unit.id || undefined}
            className={id === unit.id ? 'rounded-sm bg-accent-soft px-1.5 py-0.5' : 'px-1.5'}
          >
            <p className="wrap-anywhere">
              {speaker && <span className="text-ink-faint">{speaker}: </span>}
              {source}
            </p>
            <p className="wrap-anywhere text-ink-soft">{target ?? ''}</p>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Suggestions({
  project,
  unit,
  onUse,
}: {
  project: string;
  unit: UnitView;
  onUse: (target: string) => void;
}) {
  const { data } = useOperation('translate.suggestions', { project, id: unit.id });
  const others = (data?.suggestions ?? []).filter(({ target }) => target !== unit.target);
  if (others.length === 0) return null;
  return (
    <Section look="page" title={reviewTexts.unit.suggestions}>
      {others.map(({ target, state, speaker, project_name: from }, at) => (
        <div key={at} className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <p className="whitespace-pre-wrap wrap-anywhere">{target}</p>
            <p className="text-sm text-ink-faint">
              {[t.project.state[state], speaker, from].filter(Boolean).join(' · ')}
            </p>
          </div>
          <Button onClick={() => onUse(target)}>{reviewTexts.unit.use}</Button>
        </div>
      ))}
    </Section>
  );
}
