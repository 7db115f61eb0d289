import { Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import { useOperation } from '../../../api/use-operation.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { useRestoredDrafts } from '../drafts/saved-drafts.ts';
import { ImportButton } from '../../../ui/import-review/import-button.tsx';
import { reviewImport } from '../exchange/import-presets.ts';
import { createPreset } from '../preset-actions.ts';
import { modulesIn, useSelection } from '../selection.ts';
import { ModuleSection } from './module-section.tsx';

const t = modulesMessages.modules;

/** Every module with its presets; the module on screen is expanded. */
export function ModuleList() {
  const { data: registry } = useOperation('registry.get', {});
  const selection = useSelection(registry);
  useRestoredDrafts();
  const [filter, setFilter] = useState('');
  const search = useRef<HTMLInputElement>(null);
  useShortcut('filter', () => search.current?.focus());
  // Modules expanded or collapsed by hand; otherwise only the module on screen is expanded.
  const [toggled, setToggled] = useState<Readonly<Record<string, boolean>>>({});
  // The last module expanded by hand, and the module on screen at that time. It no longer counts once another
  // module is opened.
  const [lastOpened, setLastOpened] = useState<{ module: string; beside: string } | null>(null);
  if (!registry || !selection) return null;
  const isOpen = (module: string) => toggled[module] ?? module === selection.module;
  // A new preset goes into the module that the user expanded last, even if another module's preset is still
  // on screen.
  const goal =
    lastOpened?.beside === selection.module && isOpen(lastOpened.module)
      ? lastOpened.module
      : selection.module;
  const serving = registry.defaults.modules[goal] ?? registry.defaults;
  return (
    <>
      <header className="sticky top-0 z-10 flex h-10 items-center gap-1 border-b border-line bg-panel px-2">
        <input
          ref={search}
          type="search"
          aria-label={t.filter}
          placeholder={t.filterHint}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          className="h-7 min-w-0 flex-1 rounded-md border border-line-strong bg-raised px-2"
        />
        <IconButton
          icon={Plus}
          label={t.newPreset}
          shortcut="create"
          onClick={() => void createPreset(goal, serving)}
        />
        <ImportButton also=".png,image/png" onFile={(file) => void reviewImport(file, selection.module)} />
      </header>
      {modulesIn(registry).map((module) => (
        <ModuleSection
          key={module}
          module={module}
          registry={registry}
          filter={filter}
          open={isOpen(module)}
          onToggle={() => {
            setToggled({ ...toggled, [module]: !isOpen(module) });
            setLastOpened({ module, beside: selection.module });
          }}
          selected={module === selection.module ? selection.preset : null}
        />
      ))}
    </>
  );
}
