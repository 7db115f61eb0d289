import type { RefObject } from 'react';
import { useId } from 'react';
import { Controller, useFormContext } from 'react-hook-form';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { FormField } from '../../../ui/form-field.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import type { Registration } from './registration.ts';

// Adapters of the contract that make sense without a registry provider.
const protocolNames = ['openai_compat', 'anthropic_compat', 'ollama', 'proxy'] as const;

const t = providersMessages.providers.form;
const protocols = () => protocolNames.map((value) => ({ value, label: t.wireLabels[value], note: value }));

interface RegistrationFieldsProps {
  registry: RegistryView;
  /** The key stays in its input until it is sent, and is never part of the form's state. */
  keyInput: RefObject<HTMLInputElement | null>;
  keyError?: string;
  onKeyChange: (hasKey: boolean) => void;
}

/** The fields of an adapter. */
export function RegistrationFields({ registry, keyInput, keyError, onKeyChange }: RegistrationFieldsProps) {
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <FormField<Registration> name="id" label={t.id} hint={t.idHint} mono required />
        <FormField<Registration> name="label" label={t.label} />
      </div>
      <ProviderField registry={registry} />
      <FormField<Registration>
        name="baseUrl"
        label={t.baseUrl}
        hint={t.baseUrlHint}
        placeholder="http://127.0.0.1:1234/v1"
        mono
      />
      <KeyField input={keyInput} error={keyError} onChange={onKeyChange} />
      <div className="grid grid-cols-2 items-start gap-3">
        <FormField<Registration> name="modes" label={t.modes} hint={t.modesHint} mono />
        <LongField name="models" label={t.models} hint={t.modelsHint} />
      </div>
      <LongField name="metadata" label={t.metadata} hint={t.metadataHint} />
    </>
  );
}

function LongField({ name, label, hint }: { name: 'models' | 'metadata'; label: string; hint: string }) {
  const { control } = useFormContext<Registration>();
  const id = useId();
  return (
    <Controller
      name={name}
      control={control}
      render={({ field, fieldState }) => (
        <div className="flex flex-col gap-1">
          <span aria-hidden="true" className="text-sm text-ink-soft">
            {label}
          </span>
          <TextArea
            aria-label={label}
            aria-describedby={id}
            aria-invalid={fieldState.invalid || undefined}
            spellCheck={false}
            rows={1}
            {...field}
            className="num py-1!"
          />
          <p id={id} className={`text-sm ${fieldState.error ? 'text-bad' : 'text-ink-faint'}`}>
            {fieldState.error?.message ?? hint}
          </p>
        </div>
      )}
    />
  );
}

function ProviderField({ registry }: { registry: RegistryView }) {
  const { control } = useFormContext<Registration>();
  const providers = registry.providers.map(({ name, label }) => ({ value: name, label, note: name }));
  return (
    <Controller
      name="provider"
      control={control}
      render={({ field, fieldState }) => (
        <div className="flex flex-col gap-1">
          <span aria-hidden="true" className="text-sm text-ink-soft">
            {t.provider}
          </span>
          <Select
            label={t.provider}
            bare
            groups={[
              { label: t.providers, options: providers },
              { label: t.protocolsOnly, options: protocols() },
            ]}
            value={field.value}
            onChange={field.onChange}
          />
          <p className={fieldState.error ? 'text-sm text-bad' : 'text-sm text-ink-faint'}>
            {fieldState.error?.message ?? t.providerHint}
          </p>
        </div>
      )}
    />
  );
}

interface KeyFieldProps {
  input: RefObject<HTMLInputElement | null>;
  error?: string;
  onChange: (hasKey: boolean) => void;
}

function KeyField({ input, error, onChange }: KeyFieldProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <span aria-hidden="true" className="text-sm text-ink-soft">
        {t.key}
      </span>
      <input
        ref={input}
        type="password"
        aria-label={t.key}
        aria-describedby={id}
        aria-invalid={error !== undefined || undefined}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value !== '')}
        className="num h-7 rounded-md border border-line-strong bg-raised px-2"
      />
      <p id={id} className={`text-sm ${error ? 'text-bad' : 'text-ink-faint'}`}>
        {error ?? t.keyHint}
      </p>
    </div>
  );
}
