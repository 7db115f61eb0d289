import { Controller, useFormContext, type FieldPath, type FieldValues } from 'react-hook-form';
import { Field, type FieldProps } from './field.tsx';

interface FormFieldProps<V extends FieldValues> extends Omit<
  FieldProps,
  'value' | 'onChange' | 'onBlur' | 'error'
> {
  name: FieldPath<V>;
}

/** A text input whose value and error come from the form. */
export function FormField<V extends FieldValues>({ name, ...rest }: FormFieldProps<V>) {
  const { control } = useFormContext<V>();
  return (
    <Controller
      name={name}
      control={control}
      render={({ field, fieldState }) => (
        <Field
          {...rest}
          value={field.value}
          onChange={field.onChange}
          onBlur={field.onBlur}
          error={fieldState.error?.message}
        />
      )}
    />
  );
}
