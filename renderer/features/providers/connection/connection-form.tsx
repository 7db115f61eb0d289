import { useEffect } from 'react';
import type { Resolver } from 'react-hook-form';
import { FormProvider, useForm } from 'react-hook-form';
import type { OperationOutput } from '../../../../contract/operations/table.ts';
import type { ProviderEntry, ProviderView } from '../../../../contract/provider.ts';
import { request } from '../../../api/client.ts';
import { errorInfoOf } from '../../../api/operation-error.ts';
import { noticesInOne } from '../../../api/notice-text.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { toast } from '../../../state/toasts.ts';
import { useErrorsInLanguage } from '../../../i18n/use-errors-in-language.ts';
import { connectionDrafts } from './connection-drafts.ts';
import { ConnectionFields } from './connection-fields.tsx';
import type { ConnectionField, ConnectionValues } from './connection-values.ts';
import { connectionErrors, entryWith, refusedConnection, valuesOf } from './connection-values.ts';
import { forgetHealth } from '../../../api/provider-health.ts';
import { ConnectionButtons } from './connection-buttons.tsx';
import { LeftOutFields } from './left-out-fields.tsx';
import { undoProviderChange } from '../detail/undo-change.ts';
import { ErrorLine } from '../../../ui/error-line.tsx';

const t = providersMessages.providers;

function resolverFor(entry: ProviderEntry): Resolver<ConnectionValues> {
  return (values) => {
    const errors = Object.entries(connectionErrors(entry, values));
    if (errors.length === 0) return { values, errors: {} };
    const fieldErrors = errors.map(([field, message]) => [field, { type: 'contract', message }]);
    return { values: {}, errors: Object.fromEntries(fieldErrors) };
  };
}

interface ConnectionFormProps {
  saved: OperationOutput<'providers.get'>;
  /** The provider as calls use it now; a variable may override the file. */
  effective: ProviderView;
}

/** The entry of a provider. Saving writes a file of the user's own, which can be undone. */
export function ConnectionForm({ saved, effective }: ConnectionFormProps) {
  const { provider: entry } = saved;
  const { name } = entry;
  const form = useForm<ConnectionValues>({
    defaultValues: valuesOf(entry),
    resolver: resolverFor(entry),
    mode: 'onTouched',
  });
  useErrorsInLanguage(form);
  const { isDirty, isSubmitting } = form.formState;

  useEffect(() => {
    const draft = connectionDrafts.get(name);
    if (draft) form.reset(draft, { keepDefaultValues: true });
    return form.subscribe({
      formState: { values: true, isDirty: true },
      callback: ({ values, isDirty: dirty }) => connectionDrafts.edit(name, structuredClone(values), !dirty),
    });
  }, [form, name]);

  const submit = form.handleSubmit(async (values) => {
    try {
      const sent = structuredClone(values);
      const { change, stored, ...notices } = await connectionDrafts.save(name, sent, async () => {
        const output = await request('providers.save', {
          provider: entryWith(entry, sent),
          forget: sent.forget,
        });
        // A warning says that the entry was corrected, so the form then shows the file's content.
        const corrected =
          output.warnings.length > 0 ? (await request('providers.get', { name })).provider : null;
        return { ...output, stored: corrected ? valuesOf(corrected) : { ...sent, forget: [] } };
      });
      const unsaved = connectionDrafts.get(name);
      form.reset(stored);
      if (unsaved) form.reset(unsaved, { keepDefaultValues: true });
      connectionDrafts.set(name, unsaved ?? null);
      forgetHealth(name);
      toast({
        title: t.saved(entry.label ?? name),
        description: noticesInOne(notices),
        undo: () => undoProviderChange(change.id, name),
      });
    } catch (thrown) {
      showRefusal(thrown);
    }
  });

  function showRefusal(thrown: unknown): void {
    const refused = refusedConnection(errorInfoOf(thrown));
    for (const [field, message] of Object.entries(refused))
      form.setError(field === 'form' ? 'root' : (field as ConnectionField), { message });
  }

  const discard = () => {
    form.reset(valuesOf(entry));
    connectionDrafts.set(name, null);
  };
  useShortcut('save', () => void submit(), isDirty);
  return (
    <FormProvider {...form}>
      <form
        aria-label={t.edit}
        noValidate
        onSubmit={(event) => void submit(event)}
        className="flex flex-col gap-3 border-t border-line p-4"
      >
        <ConnectionFields isStub={entry.adapter === 'stub'} effective={effective} />
        <LeftOutFields leftOut={saved.left_out} />
        <ErrorLine text={form.formState.errors.root?.message} />
        <ConnectionButtons saved={saved} dirty={isDirty} saving={isSubmitting} onDiscard={discard} />
      </form>
    </FormProvider>
  );
}
