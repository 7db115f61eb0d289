import type { FormEvent } from 'react';
import { useState } from 'react';
import type { RegistryView } from '../../../contract/operations/registry.ts';
import { useCommand } from '../../api/use-command.ts';
import { messages } from '../../messages.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { goTo } from '../../state/place.ts';
import { Select } from '../../ui/select.tsx';
import { DetailHeader } from './detail-header.tsx';
import type { Registration, RegistrationErrors } from './registration.ts';
import { checkRegistration, refusedRegistration, toRegistration } from './registration.ts';
import { select } from './selection.ts';

// Adapter names of the contract that make sense without a registry provider behind them.
const wireNames = ['openai_compat', 'anthropic_compat', 'ollama', 'proxy'] as const;
const wires = wireNames.map((value) => ({
  value,
  label: messages.providers.form.wireLabels[value],
  note: value,
}));

const words = messages.providers.form;

/** Registers an adapter for this session. */
export function RegisterForm({ registry }: { registry: RegistryView }) {
  const register = useCommand('runtime.register');
  const [form, setForm] = useState<Registration>({
    id: '',
    label: '',
    provider: 'lmstudio_local',
    baseUrl: '',
  });
  const [errors, setErrors] = useState<RegistrationErrors>({});
  const change = (part: Partial<Registration>) => {
    setForm({ ...form, ...part });
    setErrors({});
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = checkRegistration(form);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    register.mutate(toRegistration(form), {
      onSuccess: ({ adapter }) => select(adapter.adapter_id),
      onError: ({ info }) => setErrors(refusedRegistration(info)),
    });
  };
  const providers = registry.providers.map(({ name, label }) => ({ value: name, label, note: name }));
  return (
    <form aria-label={words.title} onSubmit={submit} noValidate>
      <DetailHeader title={words.title} />
      <div className="flex max-w-120 flex-col gap-3 p-4">
        <p className="text-ink-soft">{words.intro}</p>
        <Field
          label={words.id}
          hint={words.idHint}
          error={errors.id}
          value={form.id}
          onChange={(id) => change({ id })}
          mono
          required
        />
        <Field
          label={words.label}
          error={errors.label}
          value={form.label}
          onChange={(label) => change({ label })}
        />
        <div className="flex flex-col gap-1">
          <span aria-hidden="true" className="text-sm text-ink-soft">
            {words.provider}
          </span>
          <Select
            label={words.provider}
            bare
            groups={[
              { label: words.providers, options: providers },
              { label: words.wires, options: wires },
            ]}
            value={form.provider}
            onChange={(provider) => change({ provider })}
          />
          <p className={errors.provider ? 'text-sm text-bad' : 'text-sm text-ink-faint'}>
            {errors.provider ?? words.providerHint}
          </p>
        </div>
        <Field
          label={words.baseUrl}
          hint={words.baseUrlHint}
          error={errors.baseUrl}
          value={form.baseUrl}
          placeholder="http://127.0.0.1:1234/v1"
          onChange={(baseUrl) => change({ baseUrl })}
          mono
        />
        {errors.form && (
          <p role="alert" className="text-bad">
            {errors.form}
          </p>
        )}
        <div className="flex gap-2">
          <Button type="submit" look="primary" disabled={register.isPending}>
            {words.submit}
          </Button>
          <Button onClick={() => goTo('providers')}>{words.cancel}</Button>
        </div>
      </div>
    </form>
  );
}
