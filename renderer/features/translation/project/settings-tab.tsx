import { useState } from 'react';
import type { ProjectView } from '../../../../contract/translation.ts';
import { resultsShown, runCommand } from '../../../api/run-command.ts';
import { useAction } from '../../../api/use-action.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { FactList } from '../../../ui/facts.tsx';
import { Field } from '../../../ui/field.tsx';
import { PageBody } from '../../../ui/page.tsx';
import { Section } from '../../../ui/section.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { LanguageCombo } from '../new-project/language-combo.tsx';
import { leaveProject } from '../selection.ts';
import { ModelChoice, type SetSettings } from './model-choice.tsx';
import { changeOf, valuesOf, wrongNumbers, type SettingsValues } from './settings-values.ts';

/** Languages, model, cost limit, and how requests are composed. */
export function SettingsTab({ view }: { view: ProjectView }) {
  const { busy, error, run } = useAction();
  const saved = valuesOf(view.settings);
  const [changed, setChanged] = useState<Partial<SettingsValues>>({});
  const values = { ...saved, ...changed };
  const set: SetSettings = (change) =>
    setChanged((before) => ({ ...before, ...(typeof change === 'function' ? change(before) : change) }));
  const change = changeOf(saved, values);
  const invalid = wrongNumbers(values);
  const isUnchanged = Object.keys(change).length === 0;
  const save = () =>
    run(async () => {
      await runCommand('translate.configure', { project: view.id, set: change });
      // The form would show the old values for a moment, and its fields lose the focus.
      await resultsShown();
      // Changes made while this was saved stay unsaved.
      setChanged((now) => (now === changed ? {} : now));
      toast({ title: t.settings.saved });
    });
  const remove = () =>
    run(async () => {
      const { folder } = await runCommand('translate.remove', { project: view.id });
      leaveProject(view.id);
      toast({ title: t.settings.removed(view.name), description: t.settings.removedFolder(folder) });
    });
  useShortcut('save', save, !isUnchanged && invalid.length === 0 && !busy);
  const number = (
    name: 'limit_usd' | 'group_lines' | 'context_lines' | 'concurrency',
    label: string,
    hint?: string,
  ) => (
    <div className="w-48">
      <Field
        isNumber
        label={label}
        hint={hint}
        error={
          invalid.includes(name)
            ? name === 'limit_usd'
              ? t.settings.notAmount
              : t.settings.notNumber
            : undefined
        }
        value={values[name]}
        onChange={(value) => set({ [name]: value })}
      />
    </div>
  );
  return (
    <PageBody columns>
      <Section look="page" title={t.settings.languages}>
        <Field label={t.settings.name} value={values.name} onChange={(name) => set({ name })} />
        <div className="flex flex-wrap gap-2">
          <LanguageCombo
            label={t.settings.from}
            value={values.source_language}
            placeholder={t.create.detected}
            onChange={(value) => set({ source_language: value })}
          />
          <LanguageCombo
            label={t.settings.into}
            value={values.target_language}
            placeholder=""
            onChange={(value) => set({ target_language: value })}
          />
        </div>
        <div className="w-64">
          <Field
            mono
            label={t.settings.folder}
            hint={t.settings.folderHelp}
            value={values.language_folder}
            onChange={(value) => set({ language_folder: value })}
          />
        </div>
      </Section>
      <ModelChoice values={values} set={set} />
      <Section look="page" title={t.settings.money}>
        <div className="flex flex-wrap gap-4">
          {number('limit_usd', t.settings.limit, t.settings.limitHelp)}
          {number('group_lines', t.settings.group, t.settings.groupHelp)}
          {number('context_lines', t.settings.context)}
          {number('concurrency', t.settings.concurrency)}
        </div>
      </Section>
      <Section look="page" title={t.settings.prompt}>
        <label className="flex flex-col gap-1">
          <span className="text-sm text-ink-soft">{t.settings.style}</span>
          <TextArea
            aria-label={t.settings.style}
            rows={3}
            value={values.style}
            onChange={(event) => set({ style: event.target.value })}
          />
          <span className="text-sm text-ink-faint">{t.settings.styleHelp}</span>
        </label>
      </Section>
      <Section look="page" title={t.settings.files}>
        <div className="flex flex-wrap gap-4">
          <div className="w-48">
            <Field
              mono
              label={t.settings.encoding}
              hint={t.settings.encodingHelp}
              value={values.encoding}
              onChange={(value) => set({ encoding: value })}
            />
          </div>
          <div className="min-w-64 flex-1">
            <Field
              mono
              label={t.settings.include}
              hint={t.settings.includeHelp}
              value={values.include}
              onChange={(value) => set({ include: value })}
            />
          </div>
        </div>
        <FactList
          facts={[
            { label: t.settings.game, value: <code className="num">{view.game}</code> },
            { label: t.settings.own, value: <code className="num">{view.folder}</code> },
          ]}
        />
      </Section>
      {error && (
        <div className="@5xl:col-span-2">
          <ErrorCard error={error} />
        </div>
      )}
      <div className="flex flex-wrap items-center gap-2 @5xl:col-span-2">
        <Button
          look="primary"
          disabled={isUnchanged || invalid.length > 0 || busy}
          title={isUnchanged ? t.settings.nothing : undefined}
          onClick={save}
        >
          {t.settings.save}
        </Button>
        <span className="flex-1" />
        <Button look="quiet" title={t.settings.removeHelp} disabled={busy} onClick={remove}>
          {t.settings.remove}
        </Button>
      </div>
    </PageBody>
  );
}
