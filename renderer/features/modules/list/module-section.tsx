import { ChevronRight, TriangleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { ModulePresets } from '../../../../contract/user-preset.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { clsx } from 'clsx';
import { RowMenu } from '../../../ui/row-menu.tsx';
import { draftKey, presetDrafts } from '../drafts/drafts.ts';
import type { PresetGroup } from './preset-groups.ts';
import { matchesFilter, presetGroups } from './preset-groups.ts';
import { PresetMenu } from './preset-menu.tsx';
import { PresetRow } from './preset-row.tsx';

const t = modulesMessages.modules;

interface ModuleSectionProps {
  module: string;
  registry: RegistryView;
  filter: string;
  open: boolean;
  onToggle: () => void;
  /** The preset on screen, if it belongs to this module. */
  selected: string | null;
}

/** One module: the model that serves it, and its presets grouped by origin. */
export function ModuleSection({ module, registry, filter, open, onToggle, selected }: ModuleSectionProps) {
  const { data: presets } = useOperation('presets.list', { module });
  const bodyId = useId();
  const view = registry.defaults.modules[module];
  const label = view?.label ?? module;
  const groups = presetGroups(presets?.presets ?? [], (preset) => matchesFilter(preset, label, filter));
  const filtering = filter.trim() !== '';
  if (filtering && groups.length === 0) return null;
  const shown = open || filtering;
  const menuOf = (id: string) => presets && <PresetMenu presets={presets} id={id} selected={selected} />;
  const notice = view?.notices.some(({ tone }) => tone === 'warn') ?? false;
  return (
    <section aria-label={label} className="flex flex-col border-b border-line">
      <button
        type="button"
        data-row
        aria-expanded={shown}
        aria-controls={bodyId}
        onClick={onToggle}
        className="flex h-8 items-center gap-1.5 pr-3 pl-2 text-left hover:bg-hover"
      >
        <ChevronRight
          size={13}
          aria-hidden="true"
          className={clsx('shrink-0 text-ink-faint transition-transform', shown && 'rotate-90')}
        />
        <span className="shrink-0 font-medium">{label}</span>
        {notice && (
          <TriangleAlert size={12} role="img" aria-label={t.hasNotice} className="shrink-0 text-warn" />
        )}
        <span className="num min-w-0 flex-1 truncate text-right text-ink-faint">{view?.model}</span>
      </button>
      <div id={bodyId} hidden={!shown} className="pb-1.5">
        {shown && presets && (
          <RowMenu menuOf={menuOf}>
            {groups.map((group) => (
              <Group
                key={group.origin}
                group={group}
                presets={presets}
                registry={registry}
                selected={selected}
                unfolded={filtering}
              />
            ))}
          </RowMenu>
        )}
        {presets?.presets.length === 0 && <p className="px-3 py-1 text-sm text-ink-faint">{t.noPresets}</p>}
      </div>
    </section>
  );
}

interface GroupProps {
  group: PresetGroup;
  presets: ModulePresets;
  registry: RegistryView;
  selected: string | null;
  /** Whether retired presets are shown too. */
  unfolded: boolean;
}

function Group({ group, presets, registry, selected, unfolded }: GroupProps) {
  const { module, active, presets: all } = presets;
  const drafts = presetDrafts.useDrafts(({ byKey }) => byKey);
  const [opened, setOpened] = useState(false);
  const folds = group.origin === 'retired';
  const title = group.origin === 'retired' ? t.retired(group.presets.length) : t.groups[group.origin];
  const holdsSelected = group.presets.some(({ id }) => id === selected);
  const shown = !folds || opened || unfolded || holdsSelected;
  return (
    <div role="group" aria-label={title} className="flex flex-col">
      {folds ? (
        <button
          type="button"
          data-row
          aria-expanded={shown}
          disabled={unfolded || holdsSelected}
          title={unfolded || holdsSelected ? t.retiredOpen : undefined}
          onClick={() => setOpened(!opened)}
          className="mx-1.5 flex h-6 items-center gap-1 rounded-md px-1.5 text-left text-xs text-ink-faint hover:bg-hover"
        >
          <ChevronRight
            size={11}
            aria-hidden="true"
            className={clsx('shrink-0 transition-transform', shown && 'rotate-90')}
          />
          {title}
        </button>
      ) : (
        <h3 className="px-3 pt-1.5 pb-0.5 text-xs text-ink-faint">{title}</h3>
      )}
      {(shown ? group.presets : []).map((preset) => (
        <PresetRow
          key={preset.id}
          module={module}
          preset={preset}
          provider={registry.providers.find(({ name }) => name === preset.current.provider)}
          isActive={active === preset.id}
          unsaved={draftKey(module, preset.id) in drafts}
          selected={selected === preset.id}
          standIn={all.find(({ current }) => current.replaces === preset.id)}
        />
      ))}
    </div>
  );
}
