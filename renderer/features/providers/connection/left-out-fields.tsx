import { Controller, useFormContext } from 'react-hook-form';
import type { HiddenField } from '../../../../contract/user-preset.ts';
import { codedText } from '../../../api/coded-text.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { CheckBox } from '../../../ui/check-box.tsx';
import type { ConnectionValues } from './connection-values.ts';

const t = providersMessages.providers;

/**
 * Fields of the file that are hidden because they are, or may be, credentials. They stay unless the user
 * removes them.
 */
export function LeftOutFields({ leftOut }: { leftOut: readonly HiddenField[] }) {
  const { control } = useFormContext<ConnectionValues>();
  if (leftOut.length === 0) return null;
  return (
    <Controller
      name="forget"
      control={control}
      render={({ field }) => (
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 text-sm text-ink-soft">{t.leftOut}</legend>
          {leftOut.map(({ path, reason, reason_detail: detail }) => (
            <label key={path} className="flex items-center gap-2">
              <CheckBox
                label={t.forgetField(path)}
                checked={field.value.includes(path)}
                onChange={(checked) =>
                  field.onChange(
                    checked ? [...field.value, path] : field.value.filter((other) => other !== path),
                  )
                }
              />
              <code className="num">{path}</code>
              <span className="text-sm text-ink-faint">{codedText('hidden_field', reason, detail)}</span>
            </label>
          ))}
        </fieldset>
      )}
    />
  );
}
