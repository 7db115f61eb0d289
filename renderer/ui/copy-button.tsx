import { Check, Copy, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { messages } from '../messages.ts';
import { Button } from './button.tsx';
import { copyText } from './copy-text.ts';

const looks = {
  idle: { icon: Copy, word: null },
  copied: { icon: Check, word: () => messages.ui.copied },
  failed: { icon: X, word: () => messages.ui.notCopied },
} as const;

/** Copies a text and shows for a moment whether that worked. */
export function CopyButton({ text, label = messages.ui.copy }: { text: string; label?: string }) {
  const [state, setState] = useState<keyof typeof looks>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 1500);
    return () => clearTimeout(timer);
  }, [state]);
  const { icon: Icon, word } = looks[state];
  return (
    <Button
      look="quiet"
      onClick={() => void copyText(text).then((copied) => setState(copied ? 'copied' : 'failed'))}
    >
      <Icon size={13} aria-hidden="true" />
      <span aria-live="polite">{word?.() ?? label}</span>
    </Button>
  );
}
