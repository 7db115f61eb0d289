import type { ClipboardEvent } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { Button } from '../../../ui/button.tsx';
import type { KnownProviders, Pasted } from './pasted-registration.ts';
import { readPasted } from './pasted-registration.ts';

const t = providersMessages.providers.paste;

interface PasteBoxProps {
  known: KnownProviders;
  onRead: (pasted: Pasted) => void;
  /** Takes the focus when it opens. */
  focused?: boolean;
}

/** Takes a cURL command, a URL or JSON. The text is read at once and not stored, since it may contain a key. */
export function PasteBox({ known, onRead, focused = false }: PasteBoxProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  const [notice, setNotice] = useState<{ good: boolean; lines: readonly string[] } | null>(null);
  const hint = useId();
  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);

  function readText(text: string): boolean {
    if (text.trim() === '') return false;
    const pasted = readPasted(text, known);
    if (!pasted) {
      setNotice({ good: false, lines: [t.unknown] });
      return false;
    }
    const aboutKey = pasted.key === null ? [] : [t.keyTaken];
    setNotice({ good: true, lines: [t.filled, ...aboutKey, ...pasted.notes] });
    onRead(pasted);
    if (input.current) input.current.value = '';
    return true;
  }

  function onPaste(event: ClipboardEvent<HTMLTextAreaElement>): void {
    if (input.current?.value === '' && readText(event.clipboardData.getData('text'))) event.preventDefault();
  }

  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-start gap-1.5">
        <textarea
          ref={input}
          aria-label={t.label}
          aria-describedby={hint}
          placeholder={t.label}
          rows={1}
          spellCheck={false}
          autoComplete="off"
          onPaste={onPaste}
          className="num max-h-40 min-h-7 min-w-0 flex-1 resize-y rounded-md border border-dashed border-line-strong bg-raised px-2 py-1"
        />
        <Button onClick={() => readText(input.current?.value ?? '')}>{t.fill}</Button>
      </div>
      <div
        id={hint}
        role="status"
        className={`text-sm ${notice?.good === false ? 'text-bad' : 'text-ink-faint'}`}
      >
        {(notice?.lines ?? [t.hint]).map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </div>
  );
}
