import { useEffect, useEffectEvent } from 'react';
import { create } from 'zustand';
import type { ShortcutId } from './key-map.ts';

/** Something that the palette (Ctrl+K) offers. */
export interface PanelCommand {
  /** Unique among all; also the React key. */
  id: string;
  label: string;
  /** The heading it stands under: usually the place that gives it. */
  group: string;
  shortcut?: ShortcutId;
  /** Further words by which it is found. */
  keywords?: string;
  /** Why it cannot be done now; it is then shown, but not run. */
  unavailable?: string;
  run(): void;
}

interface Commands {
  offered: readonly PanelCommand[];
}

export const useOffered = create<Commands>(() => ({ offered: [] }));

/** Offers commands in the palette for as long as the component is on screen. */
export function useCommands(commands: readonly PanelCommand[]): void {
  const run = useEffectEvent((id: string) => commands.find((command) => command.id === id)?.run());
  const shown = JSON.stringify(commands);
  useEffect(() => {
    const mine = (JSON.parse(shown) as Omit<PanelCommand, 'run'>[]).map((command) => ({
      ...command,
      run: () => run(command.id),
    }));
    useOffered.setState(({ offered }) => ({ offered: [...offered, ...mine] }));
    return () =>
      useOffered.setState(({ offered }) => ({
        offered: offered.filter((command) => !mine.some((one) => one === command)),
      }));
  }, [shown]);
}
