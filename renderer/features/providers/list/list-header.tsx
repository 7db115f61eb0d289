import { Plus, RefreshCw, X } from 'lucide-react';
import { useMemo, useRef } from 'react';
import type { ProviderView } from '../../../../contract/provider.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { Progress } from '../../../ui/progress.tsx';
import { Select } from '../../../ui/select.tsx';
import { addWays } from '../add/add-ways.ts';
import { cancelChecks, checkAll, useHealth } from '../../../api/provider-health.ts';
import { kindsIn, tagsIn, toggleKind, useListFilter } from './list-filter.ts';

const t = providersMessages.providers;
const anyTag = '';

interface ListHeaderProps {
  providers: readonly ProviderView[];
  /** The names of everything that can be checked, adapters included. */
  names: readonly string[];
  /** False while the table of all models is shown: Ctrl+F belongs to it then. */
  takesFilterKey: boolean;
}

/** The head of the list: its filter, and the check of all providers. */
export function ListHeader({ providers, names, takesFilterKey }: ListHeaderProps) {
  const { search, kinds, tag } = useListFilter();
  const input = useRef<HTMLInputElement>(null);
  useShortcut('filter', () => input.current?.select(), takesFilterKey);
  const tags = useMemo(() => tagsIn(providers), [providers]);
  const tagOptions = [anyTag, ...tags].map((value) => ({ value, label: value || t.anyTag }));
  return (
    <header className="sticky top-0 z-10 flex flex-col gap-1.5 border-b border-line bg-panel p-2">
      <div className="flex gap-1.5">
        <Menu
          label={t.add.title}
          icon={Plus}
          items={addWays().map(({ label, run }) => ({ label, onSelect: run }))}
        />
      </div>
      <div className="flex gap-1.5">
        <input
          ref={input}
          type="search"
          aria-label={t.search}
          placeholder={t.searchHint}
          value={search}
          onChange={(event) => useListFilter.setState({ search: event.target.value })}
          className="h-7 min-w-0 flex-1 rounded-md border border-line-strong bg-raised px-2"
        />
        <CheckAll names={names} />
      </div>
      <div role="group" aria-label={t.narrow} className="flex flex-wrap items-center gap-1">
        {kindsIn(providers).map((kind) => (
          <Chip key={kind} pressed={kinds.includes(kind)} onClick={() => toggleKind(kind)}>
            {t.kinds[kind]}
          </Chip>
        ))}
        <Select
          label={t.tag}
          bare
          groups={[{ options: tagOptions }]}
          value={tag ?? anyTag}
          onChange={(value) => useListFilter.setState({ tag: value || null })}
          className="h-5.5! min-w-16 flex-1 text-sm"
        />
      </div>
    </header>
  );
}

function CheckAll({ names }: { names: readonly string[] }) {
  const run = useHealth((state) => state.run);
  useShortcut('cancel', cancelChecks, run !== null);
  if (!run)
    return (
      <IconButton
        icon={RefreshCw}
        label={t.checkAll}
        title={t.checkAllHint}
        onClick={() => void checkAll(names)}
      />
    );
  return (
    <div className="flex shrink-0 flex-col justify-between">
      <Button onClick={cancelChecks} title={t.cancelCheck} className="h-5.5 text-sm">
        <X size={12} aria-hidden="true" />
        <span className="num">{t.checked(run.done, run.of)}</span>
      </Button>
      <Progress label={t.checking} value={run.done} of={run.of} />
    </div>
  );
}
