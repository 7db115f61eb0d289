import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useEffectEvent } from 'react';
import type { FieldErrors } from 'react-hook-form';
import { useForm, useWatch } from 'react-hook-form';
import type { PresetForms, PresetSettings } from '../../../../contract/user-preset.ts';
import { settingsOf } from '../../../../contract/preset-settings.ts';
import type { PresetDraft, TextField } from '../drafts/drafts.ts';
import { draftKey, presetDrafts } from '../drafts/drafts.ts';
import { sameValue } from '../../../state/drafts/same-value.ts';
import { presetForm } from './preset-schema.ts';

/** A preset that is being edited. Typed values are stored as a draft at once; calls use `saved`. */
export interface PresetForm {
  settings: PresetSettings;
  saved: PresetSettings;
  /** Each given field replaces the whole field. */
  change(fields: Partial<PresetSettings>): void;
  texts: PresetDraft['texts'];
  /** Stores a text that is not valid yet; `undefined` removes it. */
  setText(field: TextField, text: string | undefined): void;
  unsaved: boolean;
  /** The problem of each invalid option. */
  optionErrors: Readonly<Record<string, string>>;
}

const noTexts: PresetDraft['texts'] = {};

export function usePresetForm(module: string, { id, current }: PresetForms): PresetForm {
  const key = draftKey(module, id);
  const saved = settingsOf(current);
  const draft = presetDrafts.useDrafts(({ byKey }) => byKey[key]);
  const { control, formState, getValues, reset, setValue } = useForm<PresetSettings>({
    defaultValues: draft?.settings ?? saved,
    resolver: zodResolver(presetForm),
    mode: 'onChange',
  });
  const settings = useWatch({ control }) as PresetSettings;
  const texts = draft?.texts ?? noTexts;

  // After a save, discard, reset or undo, the form shows the current draft, else the saved settings.
  const show = useEffectEvent((next: PresetSettings) => {
    if (!sameValue(settingsOf(getValues()), next)) reset(next);
  });
  const shown = JSON.stringify(draft?.settings ?? saved);
  useEffect(() => show(JSON.parse(shown) as PresetSettings), [shown]);

  const storeDraft = (next: PresetDraft) => {
    const { json, ...others } = next.texts;
    const hasText = Object.values({ json, ...others }).some((text) => text !== undefined);
    presetDrafts.edit(key, next, !hasText && sameValue(next.settings, saved));
  };
  return {
    settings,
    saved,
    change(fields) {
      for (const [name, value] of Object.entries(fields)) {
        setValue(name as keyof PresetSettings, value as never, { shouldValidate: true });
      }
      storeDraft({
        settings: settingsOf({ ...getValues(), ...fields }),
        texts: presetDrafts.get(key)?.texts ?? {},
      });
    },
    texts,
    setText(field, text) {
      const { [field]: _old, ...others } = presetDrafts.get(key)?.texts ?? {};
      const next = text === undefined ? others : { ...others, [field]: text };
      storeDraft({ settings: settingsOf(getValues()), texts: next });
    },
    unsaved: draft !== undefined,
    optionErrors: optionErrorsOf(formState.errors),
  };
}

function optionErrorsOf({ options }: FieldErrors<PresetSettings>): Record<string, string> {
  const entries = Object.entries(options ?? {}) as [string, { message?: unknown } | undefined][];
  return Object.fromEntries(
    entries.flatMap(([name, error]) => (typeof error?.message === 'string' ? [[name, error.message]] : [])),
  );
}
