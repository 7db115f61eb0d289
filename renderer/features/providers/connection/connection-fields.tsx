import { Plus, X } from 'lucide-react';
import { Controller, useFieldArray, useFormContext } from 'react-hook-form';
import type { ProviderView } from '../../../../contract/provider.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import type { ConnectionValues } from './connection-values.ts';

const t = providersMessages.providers;

interface ConnectionFieldsProps {
  isStub: boolean;
  /** The values that calls use now: variables take precedence over files. */
  effective: Pick<ProviderView, 'base_url' | 'base_url_from' | 'timeout' | 'timeout_from'>;
}

/** The editable fields of a provider. */
export function ConnectionFields({ isStub, effective }: ConnectionFieldsProps) {
  const { control, formState } = useFormContext<ConnectionValues>();
  const { base_url: baseUrl, base_url_from: baseFrom, timeout, timeout_from: timeoutFrom } = effective;
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <FormField<ConnectionValues> name="label" label={t.form.label} />
        {timeoutFrom === null ? (
          <FormField<ConnectionValues>
            name="timeout"
            label={t.timeout}
            hint={t.timeoutHint}
            placeholder={String(timeout)}
            isNumber
          />
        ) : (
          <SetOutside label={t.timeout} value={String(timeout)} variable={timeoutFrom} isNumber />
        )}
      </div>
      {!isStub &&
        (baseFrom === null ? (
          <FormField<ConnectionValues> name="base" label={t.baseUrl} mono />
        ) : (
          <SetOutside
            label={t.baseUrl}
            value={baseUrl}
            variable={baseFrom}
            inFile={formState.defaultValues?.base}
          />
        ))}
      <Headers />
      <Controller
        name="settings"
        control={control}
        render={({ field, fieldState }) => (
          <div className="flex flex-col gap-1">
            <span aria-hidden="true" className="text-sm text-ink-soft">
              {t.settings}
            </span>
            <TextArea
              aria-label={t.settings}
              aria-invalid={fieldState.invalid || undefined}
              spellCheck={false}
              rows={2}
              {...field}
              className="num"
            />
            <Below error={fieldState.error?.message} hint={t.settingsHint} />
          </div>
        )}
      />
    </>
  );
}

interface SetOutsideProps {
  label: string;
  /** The value that calls use. */
  value: string;
  /** The environment variable that sets it. */
  variable: string;
  /** The value in the file, which applies without the variable. */
  inFile?: string | undefined;
  isNumber?: boolean;
}

/** A value that an environment variable sets. It is shown as calls use it, and cannot be changed here. */
function SetOutside({ label, value, variable, inFile, isNumber = false }: SetOutsideProps) {
  return (
    <Field
      label={label}
      value={value}
      onChange={() => {}}
      hint={
        <>
          <span className="text-warn">{t.setBy(variable)}</span>
          {inFile !== undefined && ` ${t.inFile(inFile)}`}
        </>
      }
      mono
      isNumber={isNumber}
      readOnly
    />
  );
}

function Headers() {
  const { control, register, formState } = useFormContext<ConnectionValues>();
  const { fields, append, remove } = useFieldArray({ control, name: 'headers' });
  const input = 'num h-7 min-w-0 rounded-md border border-line-strong bg-raised px-2';
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-sm text-ink-soft">{t.headers}</legend>
      {fields.map((row, index) => (
        <div key={row.id} className="flex gap-1.5">
          <input
            aria-label={t.headerName(index + 1)}
            spellCheck={false}
            {...register(`headers.${index}.name`)}
            className={`${input} w-2/5`}
          />
          <input
            aria-label={t.headerValue(index + 1)}
            spellCheck={false}
            autoComplete="off"
            {...register(`headers.${index}.value`)}
            className={`${input} flex-1`}
          />
          <IconButton icon={X} label={t.removeHeader(index + 1)} onClick={() => remove(index)} />
        </div>
      ))}
      <div>
        <Button onClick={() => append({ name: '', value: '' })}>
          <Plus size={12} aria-hidden="true" />
          {t.addHeader}
        </Button>
      </div>
      <Below error={formState.errors.headers?.message} hint={t.headersHint} />
    </fieldset>
  );
}

/** The error if there is one, else the hint. */
function Below({ error, hint }: { error: string | undefined; hint: string }) {
  return (
    <p role={error ? 'alert' : undefined} className={`text-sm ${error ? 'text-bad' : 'text-ink-faint'}`}>
      {error ?? hint}
    </p>
  );
}
