import type { ComponentProps } from 'react';
import { clsx } from 'clsx';

/** A multi-line text input that grows with its content. `aria-label` is its accessible name. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'> & { 'aria-label': string }) {
  return (
    <textarea
      {...rest}
      className={clsx(
        'field-sizing-content w-full resize-none rounded-md border border-line-strong bg-raised px-2.5 py-2',
        'max-h-72 overflow-y-auto leading-5 outline-offset-0',
        className,
      )}
    />
  );
}
