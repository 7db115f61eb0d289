import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useEffectEvent } from 'react';
import type { FieldErrors } from 'react-hook-form';
import { useForm, useWatch } from 'react-hook-form';
import type { PresetForms, PresetSettings } from '../../../../contract/user-preset.ts';
import { settingsOf } from '../diff/preset-diff.ts';
import type { PresetDraft, TextField } from '../drafts/drafts.ts';
import { draftKey, draftOf, setDraft, useDrafts } from '../drafts/drafts.ts';
import { sameValue } from '../same-value.ts';
import { presetForm } from './preset-schema.ts';

/** A preset under edit. What is typed is a draft at once; `saved` is what calls use. */
export interface PresetForm {
  settings: PresetSettings;
  saved: PresetSettings;
  /** Each field given replaces the whole field. */
  change(fields: Partial<PresetSettings>): void;
  texts: PresetDraft['texts'];
  /** Keeps a text that does not hold yet; undefined when it does. */
  setText(field: TextField, text: string | undefined): void;
  unsaved: boolean;
  /** By option, what the contract has against its value. */
  optionErrors: Readonly<Record<string, string>>;
}

const noTexts: PresetDraft['texts'] = {};

export function usePresetForm(module: string, { id, current }: PresetForms): PresetForm {
  const key = draftKey(module, id);
  const saved = settingsOf(current);
  const draft = useDrafts(({ byPreset }) => byPreset[key]);
  const { control, formState, getValues, reset, setValue } = useForm<PresetSettings>({
    defaultValues: draft?.settings ?? saved,
    resolver: zodResolver(presetForm),
    mode: 'onChange',
  });
  const settings = useWatch({ control }) as PresetSettings;
  const texts = draft?.texts ?? noTexts;

  // Saved, discarded, reset or taken back: the form shows what is saved.
  const show = useEffectEvent((next: PresetSettings) => reset(next));
  const shown = draft ? null : JSON.stringify(saved);
  useEffect(() => {
    if (shown !== null) show(JSON.parse(shown) as PresetSettings);
  }, [shown]);

  const keep = (next: PresetDraft) => {
    const { json, ...others } = next.texts;
    const stored = Object.values({ json, ...others }).some((text) => text !== undefined);
    setDraft(key, stored || !sameValue(next.settings, saved) ? next : null);
  };
  return {
    settings,
    saved,
    change(fields) {
      for (const [name, value] of Object.entries(fields)) {
        setValue(name as keyof PresetSettings, value as never, { shouldValidate: true });
      }
      keep({ settings: settingsOf({ ...getValues(), ...fields }), texts: draftOf(key)?.texts ?? {} });
    },
    texts,
    setText(field, text) {
      const { [field]: _old, ...others } = draftOf(key)?.texts ?? {};
      const next = text === undefined ? others : { ...others, [field]: text };
      keep({ settings: settingsOf(getValues()), texts: next });
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
