import type { ShortcutId } from '../state/key-map.ts';
import { keysOf } from '../state/key-map.ts';

/** The keys of a shortcut, drawn as key caps. */
export function KeyHint({ id, onColour = false }: { id: ShortcutId; onColour?: boolean }) {
  const look = onColour ? 'border-current/35' : 'border-line-strong bg-panel text-ink-soft';
  return (
    <span className="inline-flex gap-0.5" aria-hidden="true">
      {keysOf(id).map((key) => (
        <kbd key={key} className={`rounded-sm border px-1 font-sans text-xs leading-4 ${look}`}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
