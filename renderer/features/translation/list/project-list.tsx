import { BookOpenText, Plus } from 'lucide-react';
import { useOperation } from '../../../api/use-operation.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { ListRow } from '../../../ui/list.tsx';
import { Section } from '../../../ui/section.tsx';
import { selectNew, selectProject, useSelection } from '../selection.ts';
import { useCreation } from '../new-project/creation.ts';
import { languageLabel } from '../new-project/languages.ts';

/** Every game that is being translated. */
export function ProjectList() {
  const { data } = useOperation('translate.list', {});
  const selection = useSelection(data?.projects);
  const busy = useCreation((state) => state.busy);
  if (!data) return null;
  return (
    <Section
      look="list"
      title={t.list.title}
      action={<IconButton icon={Plus} label={t.list.create} shortcut="create" onClick={selectNew} />}
    >
      {data.projects.map(({ id, name, target_language: language }) => (
        <ListRow
          key={id}
          icon={<BookOpenText size={13} aria-hidden="true" className="shrink-0 text-ink-faint" />}
          label={name}
          note={languageLabel(language)}
          selected={selection.kind === 'project' && selection.project === id}
          onClick={() => selectProject(id)}
        />
      ))}
      {data.projects.length === 0 && busy === null && (
        <p className="px-3 pb-1 text-sm text-ink-soft">{t.list.none}</p>
      )}
    </Section>
  );
}
