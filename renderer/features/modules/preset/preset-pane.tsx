import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { ModulePresets, PresetForms, PresetSettings } from '../../../../contract/user-preset.ts';
import { codedText } from '../../../api/coded-text.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { toast } from '../../../state/toasts.ts';
import { Tabs } from '../../../ui/tabs.tsx';
import { DiffTab } from '../diff/diff-tab.tsx';
import { diffBases } from '../diff/diff-bases.ts';
import { fieldChanges } from '../diff/preset-diff.ts';
import { JsonTab } from '../json/json-tab.tsx';
import { ParametersTab } from '../parameters/parameters-tab.tsx';
import { createPreset, discardDraft, renamePreset, savePreset, tryOnBench } from '../preset-actions.ts';
import { SchemaTab } from '../schema/schema-tab.tsx';
import { neighbourOf } from '../list/preset-groups.ts';
import { openPreset, setRenaming, useRenaming } from '../selection.ts';
import { MeasuredRankLine } from '../../../ui/measured-rank.tsx';
import { PresetFacts } from './preset-facts.tsx';
import { PresetHeader } from './preset-header.tsx';
import { presetProblems } from './preset-schema.ts';
import { PresetToolbar } from './preset-toolbar.tsx';
import { RenameForm } from './rename-form.tsx';
import { usePresetCommands } from './use-preset-commands.ts';
import { type PresetForm, usePresetForm } from './use-preset-form.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PresetCheck } from '../../../../contract/preset-check.ts';
import { request } from '../../../api/client.ts';
import { useDebouncedValue } from '../../../state/use-debounced-value.ts';

/** Main's check of a call with these settings, repeated after each pause in typing. */
function usePresetCheck(module: string, settings: PresetSettings): PresetCheck | undefined {
  const input = useDebouncedValue(JSON.stringify({ module, settings }));
  const { data } = useQuery({
    queryKey: ['presets.check', input],
    queryFn: ({ signal }) =>
      request('presets.check', JSON.parse(input) as { module: string; settings: PresetSettings }, signal),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return data;
}

const t = modulesMessages.preset;

interface PresetPaneProps {
  presets: ModulePresets;
  preset: PresetForms;
  registry: RegistryView;
}

/** One preset: its header, and its form in four tabs. */
export function PresetPane({ presets, preset, registry }: PresetPaneProps) {
  const { module } = presets;
  const at = { module, id: preset.id };
  const form = usePresetForm(module, preset);
  const check = usePresetCheck(module, form.settings);
  const [tab, setTab] = useState('parameters');
  const article = useRef<HTMLElement>(null);
  const renaming = useRenaming(at);
  useEffect(() => () => setRenaming({ module, id: preset.id }, false), [module, preset.id]);
  const bases = diffBases(presets, preset, form.saved);
  const [against, setAgainst] = useState<string | null>(null);
  const base = bases.all.find(({ value }) => value === against) ?? bases.first;
  const changes = fieldChanges(base.settings, form.settings);
  const english = check?.problem ?? null;
  const problem = english && codedText('preset_problem', english, check?.problem_detail);
  const cannotSave = whyNotSaved(form, problem);
  const lifecycle = check?.target?.lifecycle ?? preset.current.lifecycle;

  const openTab = (id: string) => {
    flushSync(() => setTab(id));
    // The focused element disappears together with the previous tab.
    article.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
  };
  const save = () => void (form.unsaved && cannotSave === null && savePreset(at, form.settings));
  const rename = () =>
    preset.shipped === null ? setRenaming(at, true) : toast({ title: t.renameShipped, kind: 'bad' });
  const tryIt = () => tryOnBench(module, preset, form.unsaved ? form.settings : null);
  const step = (by: 1 | -1) => openPreset(module, neighbourOf(presets.presets, preset.id, by));
  const create = () => void createPreset(module, form.settings);
  useShortcut('save', save);
  useShortcut('diff', () => openTab('diff'));
  useShortcut('rename', rename);
  useShortcut('create', create);
  useShortcut('previousPreset', () => step(-1));
  useShortcut('nextPreset', () => step(1));
  usePresetCommands({
    at,
    preset,
    last: presets.changes[0],
    unsaved: form.unsaved,
    cannotSave,
    save,
    tryIt,
    rename,
    create,
    openTab,
  });

  const next = neighbourOf(presets.presets, preset.id, -1);
  const moduleView = registry.defaults.modules[module];
  const items = [
    {
      id: 'parameters',
      label: t.parameters,
      content: (
        <ParametersTab
          form={form}
          base={
            preset.shipped
              ? { form: 'shipped', settings: preset.shipped }
              : { form: 'saved', settings: form.saved }
          }
          registry={registry}
          check={check}
        />
      ),
    },
    {
      id: 'schema',
      label: t.schema,
      content: <SchemaTab form={form} moduleSchema={moduleView?.schema} check={check} />,
    },
    {
      id: 'diff',
      label: t.diff,
      count: changes.length,
      content: <DiffTab now={form.settings} against={base} groups={bases.groups} onAgainst={setAgainst} />,
    },
    { id: 'json', label: t.json, content: <JsonTab form={form} /> },
  ];
  return (
    <article ref={article} aria-label={preset.id} className="flex h-full min-h-0 flex-col">
      <PresetHeader
        preset={preset}
        model={form.settings.model}
        lifecycle={lifecycle}
        isActive={presets.active === preset.id}
        unsaved={form.unsaved}
        cannotSave={cannotSave}
        onSave={save}
        onDiscard={() => discardDraft(at)}
      >
        <PresetFacts
          target={check?.target ?? null}
          provider={registry.providers.find(({ name }) => name === form.settings.provider)}
        />
        <p className="text-sm empty:hidden">
          <MeasuredRankLine module={presets.module} preset={preset.id} quoted={preset.rank} />
        </p>
        {renaming ? (
          <RenameForm
            id={preset.id}
            onRename={(id) => void renamePreset(at, id).then((done) => done && setRenaming(at, false))}
            onCancel={() => setRenaming(at, false)}
          />
        ) : (
          <PresetToolbar
            label={presets.label}
            state={{
              module,
              preset,
              isActive: presets.active === preset.id,
              isChosen: presets.chosen === preset.id,
              unsaved: form.unsaved,
              next: next === preset.id ? null : next,
              standIn: presets.presets.find(({ current }) => current.replaces === preset.id),
              onTry: tryIt,
              onRename: rename,
            }}
          />
        )}
      </PresetHeader>
      <Tabs label={t.tabs} items={items} value={tab} onChange={setTab} />
    </article>
  );
}

/** Why the draft cannot be saved: text that is not valid yet, a value of the wrong type, or main's own reason. */
function whyNotSaved({ settings, texts }: PresetForm, problem: string | null): string | null {
  if (texts.json !== undefined) return t.cannotSave(t.invalidJson);
  if (texts.schema !== undefined) return t.cannotSave(t.invalidSchema);
  if (texts.provider_options !== undefined) return t.cannotSave(t.invalidOptions);
  if (settings.model.trim() === '') return t.cannotSave(t.noModel);
  const [first] = presetProblems(settings);
  const why = first?.message ?? problem;
  return why === null ? null : t.cannotSave(why);
}
