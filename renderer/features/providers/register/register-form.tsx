import { useEffect, useRef, useState } from 'react';
import { type Resolver, FormProvider, useForm } from 'react-hook-form';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { request } from '../../../api/client.ts';
import { errorInfoOf } from '../../../api/operation-error.ts';
import { queryClient } from '../../../api/query-client.ts';
import { noticesInOne } from '../../../api/notice-text.ts';
import { useErrorsInLanguage } from '../../../i18n/use-errors-in-language.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { goTo } from '../../../state/view.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { DetailHeader } from '../detail/detail-header.tsx';
import { checkHealth, forgetHealth } from '../../../api/provider-health.ts';
import { select } from '../selection.ts';
import { undoProviderChange } from '../detail/undo-change.ts';
import { PasteBox } from './paste-box.tsx';
import type { Pasted } from './pasted-registration.ts';
import { RegistrationFields } from './registration-fields.tsx';
import {
  type Registration,
  checkRegistration,
  emptyRegistration,
  refusedRegistration,
  toRegistration,
} from './registration.ts';
import { SameAsCall } from './same-as-call.tsx';
import { create } from 'zustand';
import { ErrorLine } from '../../../ui/error-line.tsx';

/** The unfinished form; kept while other pages are open. */
const useRegistrationDraft = create<{ draft: Registration | null }>(() => ({ draft: null }));

/** The initial values of the form. */
function registrationDraft(): Registration | null {
  return useRegistrationDraft.getState().draft;
}

const t = providersMessages.providers.form;

const resolver: Resolver<Registration> = (values) => {
  const errors = Object.entries(checkRegistration(values));
  if (errors.length === 0) return { values, errors: {} };
  const fieldErrors = errors.map(([field, message]) => [field, { type: 'contract', message }]);
  return { values: {}, errors: Object.fromEntries(fieldErrors) };
};

type NextStep = 'show' | 'test' | 'keep';

/** The form's buttons, the usual one first: a pasted server is saved for good, others are temporary. */
function buttonsFor(way: 'new' | 'paste'): { then: NextStep; label: string; title?: string }[] {
  const keep = { then: 'keep' as const, label: t.submitAndKeep, title: t.submitAndKeepHint };
  const test = { then: 'test' as const, label: t.submitAndTest, title: t.submitAndTestHint };
  const show = { then: 'show' as const, label: t.submit };
  return way === 'paste' ? [keep, test, show] : [show, test, keep];
}

/** After the registration: show the adapter, ask it for its models, or save it as one of the user's providers. */
async function finishRegistration(id: string, then: NextStep): Promise<void> {
  forgetHealth(id);
  if (then === 'test') void checkHealth(id);
  if (then !== 'keep') return;
  const { name, change, ...notices } = await request('providers.keep', { id });
  toast({
    title: providersMessages.providers.keptAs(name),
    description: noticesInOne(notices),
    undo: () => undoProviderChange(change.id),
  });
}

/** Adds a server for this session or for good, by hand or from a pasted text. */
export function RegisterForm({ registry, way }: { registry: RegistryView; way: 'new' | 'paste' }) {
  const form = useForm<Registration>({
    defaultValues: registrationDraft() ?? emptyRegistration,
    resolver,
    mode: 'onTouched',
  });
  const keyInput = useRef<HTMLInputElement>(null);
  const [hasKey, setHasKey] = useState(false);
  const [keyError, setKeyError] = useState<string>();
  useErrorsInLanguage(form);
  const { errors, isSubmitting } = form.formState;

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values }) => useRegistrationDraft.setState({ draft: structuredClone(values) }),
      }),
    [form],
  );

  function setKey(key: string | null): void {
    if (keyInput.current) keyInput.current.value = key ?? '';
    setHasKey(key !== null && key !== '');
    setKeyError(undefined);
  }

  function fill({ form: pasted, key }: Pasted): void {
    form.reset({ ...emptyRegistration, ...pasted });
    useRegistrationDraft.setState({ draft: form.getValues() });
    setKey(key);
  }

  function showRefusal(thrown: unknown): void {
    const { key, form: formError, ...fields } = refusedRegistration(errorInfoOf(thrown));
    setKeyError(key);
    if (formError) form.setError('root', { message: formError });
    for (const [field, message] of Object.entries(fields))
      form.setError(field as keyof Registration, { message }, { shouldFocus: true });
  }

  const submit = (then: NextStep) =>
    form.handleSubmit(async (values) => {
      try {
        const { adapter, ...notices } = await request(
          'runtime.register',
          toRegistration(values, keyInput.current?.value),
        );
        setKey(null);
        useRegistrationDraft.setState({ draft: null });
        const corrections = noticesInOne(notices);
        if (corrections) toast({ title: t.putRight, description: corrections });
        await finishRegistration(adapter.adapter_id, then);
        await queryClient.invalidateQueries({ queryKey: ['registry.get'] });
        select(adapter.adapter_id);
      } catch (thrown) {
        showRefusal(thrown);
      }
    });

  return (
    <FormProvider {...form}>
      <form
        aria-label={t.title}
        onSubmit={(event) => void submit(way === 'paste' ? 'keep' : 'show')(event)}
        noValidate
      >
        <DetailHeader title={t.title} />
        <div className="flex max-w-180 flex-col gap-3 p-4">
          <p className="text-ink-soft">{t.intro}</p>
          <PasteBox known={registry.providers} onRead={fill} focused={way === 'paste'} />
          <RegistrationFields
            registry={registry}
            keyInput={keyInput}
            keyError={keyError}
            onKeyChange={setHasKey}
          />
          <ErrorLine text={errors.root?.message} />
          <div className="flex flex-wrap gap-2">
            {buttonsFor(way).map(({ then, label, title }, at) => (
              <Button
                key={then}
                type={at === 0 ? 'submit' : 'button'}
                look={at === 0 ? 'primary' : 'outline'}
                disabled={isSubmitting}
                title={title}
                onClick={at === 0 ? undefined : () => void submit(then)()}
              >
                {label}
              </Button>
            ))}
            <Button look="quiet" onClick={() => goTo('providers')}>
              {t.cancel}
            </Button>
          </div>
          <SameAsCall hasKey={hasKey} />
        </div>
      </form>
    </FormProvider>
  );
}
