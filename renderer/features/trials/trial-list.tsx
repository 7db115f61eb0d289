import { Plus } from 'lucide-react';
import { useOperation } from '../../api/use-operation.ts';
import { trialsMessages } from '../../messages/trials-messages.ts';
import { goTo, usePath } from '../../state/view.ts';
import { formatTimestamp } from '../../ui/format.ts';
import { ListRow } from '../../ui/list.tsx';
import { Section } from '../../ui/section.tsx';

/** A button for a new trial, and the earlier trials. */
export function TrialList() {
  const [open] = usePath();
  const { data } = useOperation('trials.list', {});
  const t = trialsMessages.trials;
  return (
    <>
      <div className="flex flex-col py-1.5">
        <ListRow
          icon={<Plus size={13} aria-hidden="true" className="shrink-0 text-ink-faint" />}
          label={t.newTrial}
          selected={open === undefined}
          onClick={() => goTo('trials')}
        />
      </div>
      <Section look="list" title={t.all}>
        {data?.trials.map(({ id, set_title, state, mock, started_at }) => (
          <ListRow
            key={id}
            label={set_title}
            note={state === 'done' ? formatTimestamp(started_at).slice(0, 11) : t.states[state]}
            dot={mock}
            selected={open === id}
            onClick={() => goTo('trials', id)}
          />
        ))}
        {data?.trials.length === 0 && <p className="px-3 py-1 text-sm text-ink-faint">{t.none}</p>}
      </Section>
    </>
  );
}
