import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { ProviderOptions } from '../../../../contract/module-preset.ts';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { PresetCheck } from '../../../../contract/preset-check.ts';
import type { PresetSettings } from '../../../../contract/user-preset.ts';
import { modulesMessages } from '../../../messages/modules-messages.ts';
import { TextArea } from '../../../ui/text-area.tsx';
import { JsonField } from '../json/json-field.tsx';
import { providerOptionsProblems } from '../preset/preset-schema.ts';
import type { PresetForm } from '../preset/use-preset-form.ts';
import { AddParam } from './add-param.tsx';
import { IgnoredRules, IgnoreRule, RuleLine } from './model-rules.tsx';
import type { Fix } from './param-notes.ts';
import { notesFor, otherNotes } from './param-notes.ts';
import { ParamRowView } from './param-row.tsx';
import type { ParamRow } from './param-rows.ts';
import { paramRows, startOf, stateOf, withParam } from './param-rows.ts';
import { valueText } from './param-text.ts';
import { TargetFields } from './target-fields.tsx';

const t = modulesMessages.preset;
const noCheck = {
  inherited: {},
  rules: [],
  named_rules: [],
  broken: [],
  dropped: [],
  rewritten: [],
  warning_details: [],
};

interface ParametersTabProps {
  form: PresetForm;
  /** The form that ↺ restores: the shipped form, else the saved one. */
  base: { form: 'shipped' | 'saved'; settings: PresetSettings };
  registry: RegistryView;
  check: PresetCheck | undefined;
}

/** The model that answers, and each parameter as left out, inherited or set. */
export function ParametersTab({
  form,
  base,
  registry,
  check = noCheck as unknown as PresetCheck,
}: ParametersTabProps) {
  const { settings, change } = form;
  const { options } = settings;
  const [added, setAdded] = useState<readonly string[]>([]);
  const rows = paramRows({
    options,
    base: base.settings.options,
    inherited: check.inherited,
    rules: check.rules,
    added,
  });
  const names = rows.map(({ name }) => name);
  const others = otherNotes(check, options, names);
  const set = (name: string, value: unknown) => change({ options: withParam(options, name, 'set', value) });
  const fix = (one: Fix) =>
    change({
      options: withParam(options, one.param, one.kind, one.kind === 'set' ? one.value : undefined),
    });
  const setIgnored = (ids: readonly string[]) => change({ ignore_rules: ids.length ? [...ids] : undefined });
  const ignore = (id: string) => setIgnored([...new Set([...(settings.ignore_rules ?? []), id])]);
  return (
    <div className="flex flex-col gap-4 p-4">
      <TargetFields
        registry={registry}
        provider={settings.provider}
        model={settings.model}
        onChange={change}
      />
      {others.length > 0 && <OtherNotes notes={others} onIgnore={ignore} />}
      <IgnoredRules
        ids={settings.ignore_rules ?? []}
        check={check}
        onApply={(id) => setIgnored((settings.ignore_rules ?? []).filter((one) => one !== id))}
      />
      <section aria-label={t.parameterList} className="@container flex flex-col border-t border-line">
        {rows.map((row) => (
          <ParamRowView
            key={row.name}
            row={row}
            notes={notesFor(row.name, check, options)}
            error={form.optionErrors[row.name]}
            backTitle={backTitle(row, base)}
            onState={(state) =>
              change({
                options: withParam(options, row.name, state, startOf(row, base.settings.options)),
              })
            }
            onSet={(value) => set(row.name, value)}
            onBack={() => change({ options: backTo(row, form, base.settings) })}
            onFix={fix}
            onIgnore={ignore}
          />
        ))}
        <AddParam present={names} onAdd={(name) => setAdded([...added, name])} />
      </section>
      <section aria-label={t.providerOptions} className="flex flex-col gap-1">
        <h2 className="text-sm text-ink-soft">{t.providerOptions}</h2>
        <p className="text-sm text-ink-faint">{t.providerOptionsHelp}</p>
        <JsonField
          label={t.providerOptions}
          value={settings.provider_options}
          pretty={settings.provider_options ? JSON.stringify(settings.provider_options, null, 2) : ''}
          text={form.texts.provider_options}
          onText={(text) => form.setText('provider_options', text)}
          onValue={(value) => change({ provider_options: value as ProviderOptions | undefined })}
          check={providerOptionsProblems}
          mayBeEmpty
          minLines={3}
        />
      </section>
      <label className="flex flex-col gap-1 text-sm text-ink-soft">
        {t.notes}
        <TextArea
          aria-label={t.notes}
          value={settings.notes}
          onChange={(event) => change({ notes: event.target.value })}
          className="text-base text-ink"
        />
      </label>
    </div>
  );
}

function backTo(row: ParamRow, { settings }: PresetForm, base: PresetSettings) {
  return withParam(settings.options, row.name, stateOf(base.options, row.name), base.options[row.name]);
}

function backTitle({ name, kind }: ParamRow, { form, settings }: ParametersTabProps['base']): string {
  const state = stateOf(settings.options, name);
  const t = modulesMessages.preset;
  const text =
    state === 'set' ? valueText(kind, settings.options[name]) : state === 'omit' ? t.omitted : t.inherits;
  return t.backTo[form](text);
}

interface OtherNotesProps {
  notes: ReturnType<typeof otherNotes>;
  onIgnore: (rule: string) => void;
}

function OtherNotes({ notes, onIgnore }: OtherNotesProps) {
  return (
    <ul aria-label={t.checks} className="flex flex-col gap-1">
      {notes.map(({ text, rule }) => (
        <li key={text} className="flex items-start gap-2 text-sm">
          <TriangleAlert size={13} aria-hidden="true" className="mt-0.5 shrink-0 text-warn" />
          <div className="min-w-0 flex-1 wrap-anywhere">
            <p>{text}</p>
            {rule && <RuleLine rule={rule} />}
          </div>
          {rule && <IgnoreRule rule={rule} onIgnore={onIgnore} />}
        </li>
      ))}
    </ul>
  );
}
