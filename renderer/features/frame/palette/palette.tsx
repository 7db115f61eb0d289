import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useOperation } from '../../../api/use-operation.ts';
import { messages } from '../../../messages.ts';
import { useOffered } from '../../../state/commands.ts';
import type { PaletteScope } from '../../../state/palette.ts';
import { closePalette } from '../../../state/palette.ts';
import { runNow, shortcutsNow } from '../../../state/shortcuts.ts';
import { useTarget } from '../../../state/target.ts';
import { clsx } from 'clsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { keyEntries } from './key-entries.ts';
import { viewEntries, targetEntries } from './palette-entries.ts';
import type { PaletteEntry } from './palette-entry.ts';
import { inGroups, matchingEntries } from './palette-entry.ts';

const t = messages.palette;

function useEntries(scope: PaletteScope): PaletteEntry[] {
  const registry = useOperation('registry.get', {}).data;
  const module = useTarget((target) => target.module);
  const offered = useOffered((state) => state.offered);
  return useMemo(
    () =>
      scope === 'targets'
        ? targetEntries(registry, module)
        : [
            ...offered,
            ...keyEntries(shortcutsNow(), runNow),
            ...viewEntries(registry),
            ...targetEntries(registry, module),
          ],
    [scope, registry, module, offered],
  );
}

/** Every command and everything that can be opened, found by a part of its name. */
export function Palette({ scope }: { scope: PaletteScope }) {
  const [query, setQuery] = useState('');
  const entries = useEntries(scope);
  const shown = useMemo(() => inGroups(matchingEntries(entries, query)), [entries, query]);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => void performance.mark('palette-open'), []);
  const run = (entry: PaletteEntry) => {
    if (entry.unavailable !== undefined) return;
    closePalette();
    entry.run();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && closePalette()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-scrim" />
        <Dialog.Popup
          aria-label={t.title[scope]}
          initialFocus={input}
          className="fixed top-[12vh] left-1/2 z-50 w-144 max-w-[calc(100vw-2rem)] -translate-x-1/2 overflow-hidden rounded-md border border-line-strong bg-raised shadow-pop outline-none"
        >
          <Command shouldFilter={false} loop label={t.title[scope]}>
            <Command.Input
              ref={input}
              value={query}
              onValueChange={setQuery}
              placeholder={t.placeholder[scope]}
              className="h-11 w-full border-b border-line bg-transparent px-3.5 text-lg outline-none placeholder:text-ink-faint"
            />
            <Command.List className="max-h-[55vh] overflow-y-auto py-1" label={t.title[scope]}>
              <Command.Empty className="px-3.5 py-3 text-ink-soft">{t.nothing}</Command.Empty>
              {shown.map(([group, lines]) => (
                <Command.Group
                  key={group}
                  heading={group}
                  className="[&_[cmdk-group-heading]]:px-3.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-0.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-faint"
                >
                  {lines.map((entry) => (
                    <Line key={entry.id} entry={entry} onRun={() => run(entry)} />
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Line({ entry, onRun }: { entry: PaletteEntry; onRun: () => void }) {
  const { id, label, note, shortcut, unavailable, struck } = entry;
  return (
    <Command.Item
      value={id}
      onSelect={onRun}
      aria-disabled={unavailable !== undefined}
      title={unavailable}
      className="mx-1 flex h-7 items-center gap-3 rounded-md px-2.5 aria-disabled:text-ink-faint data-[selected=true]:bg-accent-soft"
    >
      <span className={clsx('min-w-0 truncate', struck && 'text-ink-soft line-through')}>{label}</span>
      <span className="num ml-auto min-w-0 shrink-4 truncate text-sm text-ink-faint">
        {unavailable ?? note}
      </span>
      {shortcut && <KeyHint id={shortcut} />}
    </Command.Item>
  );
}
