import { useEffect, useRef } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';
import { useLanguage } from './current-language.ts';

/** A form keeps what it has against its fields as texts: in another language they are made again. */
export function useErrorsInLanguage<T extends FieldValues>({ formState, trigger }: UseFormReturn<T>): void {
  const language = useLanguage();
  const shown = useRef(language);
  const hasErrors = Object.keys(formState.errors).length > 0;
  useEffect(() => {
    if (shown.current === language) return;
    shown.current = language;
    if (hasErrors) void trigger();
  }, [language, hasErrors, trigger]);
}
