import type { ReactNode } from 'react';
import { messages } from '../messages.ts';

/** Our own advice, labelled so that it is not taken for the provider's words. */
export function HintLine({ children }: { children: ReactNode }) {
  return (
    <p>
      <span className="text-sm text-ink-soft">{messages.errors.hint}</span>
      {children}
    </p>
  );
}
