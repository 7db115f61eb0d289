import { useEffect, useRef } from 'react';
import { messages } from '../../../messages.ts';
import { Button } from '../../../ui/button.tsx';
import { Form } from '../../../ui/form.tsx';

const t = messages.keys;

interface KeyFieldProps {
  provider: string;
  busy: boolean;
  /** The field takes the focus whenever this number grows. */
  focus: number;
  /** Called once with the typed key, after the field was emptied. */
  onKey: (key: string) => void;
  onCancel?: () => void;
}

/**
 * The field for a key, which is in no state and no attribute. When the key is passed on, the element is emptied. It is
 * then replaced by a new one (`key` in the parent), so that no undo restores it.
 */
export function KeyField({ provider, busy, focus, onKey, onCancel }: KeyFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focus > 0) field.current?.focus();
  }, [focus]);
  const submit = () => {
    const element = field.current;
    if (!element || busy) return;
    const key = element.value;
    element.value = '';
    onKey(key);
  };
  return (
    <Form aria-label={t.title(provider)} onSubmit={submit} noValidate className="flex flex-wrap gap-2">
      <input
        ref={field}
        type="password"
        aria-label={t.field(provider)}
        placeholder={t.placeholder}
        autoComplete="off"
        spellCheck={false}
        className="num h-7 w-90 max-w-full min-w-40 rounded-md border border-line-strong bg-raised px-2"
      />
      <Button type="submit" look="primary" disabled={busy} title={busy ? t.saving : undefined}>
        {t.save}
      </Button>
      {onCancel && <Button onClick={onCancel}>{t.cancel}</Button>}
    </Form>
  );
}
