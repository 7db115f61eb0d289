import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { messages } from '../messages.ts';
import { Button } from './button.tsx';

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label = messages.ui.copy }: { text: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const Icon = copied ? Check : Copy;
  return (
    <Button look="quiet" onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
      <Icon size={13} aria-hidden="true" />
      <span aria-live="polite">{copied ? messages.ui.copied : label}</span>
    </Button>
  );
}
