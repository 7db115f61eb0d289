import type { ComponentProps, ReactNode } from 'react';
import { clsx } from 'clsx';

const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong border-transparent font-medium',
  live: 'bg-live text-on-live hover:brightness-95 border-transparent font-medium',
  outline: 'bg-raised text-ink hover:bg-hover border-line-strong',
  quiet: 'text-ink-soft hover:bg-hover hover:text-ink border-transparent',
} as const;

interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof looks;
  children: ReactNode;
}

/** A button with a text label. A disabled one explains why in its `title`. */
export function Button({ look = 'outline', className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={clsx(
        'inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-md border px-2.5 whitespace-nowrap',
        'transition-colors disabled:cursor-not-allowed disabled:opacity-55',
        looks[look],
        className,
      )}
    />
  );
}
