import { useMemo, useState } from 'react';
import { messages } from '../messages.ts';
import { Button } from './button.tsx';
import { jsonTokens } from './json-tokens.ts';

const shownAtFirst = 20_000;
// Longer texts are not highlighted, because that would take too long.
const colouredAtMost = 200_000;
const colours = {
  key: 'text-key',
  string: 'text-string',
  number: 'text-number',
  word: 'text-number',
  other: '',
};

interface CodeBlockProps {
  /** Its accessible name. */
  label: string;
  text: string;
  language?: 'json' | 'text';
}

/** Monospaced text that can be scrolled and selected; a long one is truncated until the user expands it. */
export function CodeBlock({ label, text, language = 'text' }: CodeBlockProps) {
  const [whole, setWhole] = useState(false);
  const cut = !whole && text.length > shownAtFirst;
  const shown = cut ? text.slice(0, shownAtFirst) : text;
  return (
    <div className="rounded-md border border-line bg-sunken">
      <pre
        tabIndex={0}
        aria-label={label}
        role="group"
        className="num overflow-x-auto px-2.5 py-2 leading-4.5 wrap-anywhere whitespace-pre-wrap"
      >
        {language === 'json' && shown.length <= colouredAtMost ? <Json text={shown} /> : shown}
      </pre>
      {cut && (
        <Button look="quiet" onClick={() => setWhole(true)}>
          {messages.call.showAll}
        </Button>
      )}
    </div>
  );
}

function Json({ text }: { text: string }) {
  const tokens = useMemo(() => jsonTokens(text), [text]);
  return tokens.map(({ kind, text: part }, index) =>
    colours[kind] === '' ? (
      part
    ) : (
      <span key={index} className={colours[kind]}>
        {part}
      </span>
    ),
  );
}
