import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { clsx } from 'clsx';

const tones = {
  plain: 'bg-sunken text-ink-soft border-line',
  accent: 'bg-accent-soft text-accent-strong border-transparent',
  ok: 'bg-ok-soft text-ok border-transparent',
  warn: 'bg-warn-soft text-warn border-transparent',
  bad: 'bg-bad-soft text-bad border-transparent',
} as const;

export type Tone = keyof typeof tones;

interface BadgeProps {
  tone?: Tone;
  icon?: LucideIcon;
  children: ReactNode;
  title?: string;
}

/** A short fact. Colour is never the only sign: the word, and for important facts the icon, say the same. */
export function Badge({ tone = 'plain', icon: Icon, children, title }: BadgeProps) {
  return (
    <span
      title={title}
      className={clsx(
        'inline-flex h-4.5 shrink-0 items-center gap-1 rounded-sm border px-1.5 text-xs whitespace-nowrap',
        tones[tone],
      )}
    >
      {Icon && <Icon size={11} aria-hidden="true" />}
      {children}
    </span>
  );
}
