import { useEffect, useEffectEvent } from 'react';
import { create } from 'zustand';
import type { ShortcutId } from './key-map.ts';

/** A command in the palette (Ctrl+K). */
export interface PanelCommand {
  /** Unique among all commands; also the React key. */
  id: string;
  label: string;
  /** The heading in the palette, usually the view that provides it. */
  group: string;
  shortcut?: ShortcutId;
  /** Additional search words. */
  keywords?: string;
  /** Why it is disabled; it is shown, but cannot be run. */
  unavailable?: string;
  run(): void;
}

interface Commands {
  offered: readonly PanelCommand[];
}

export const useOffered = create<Commands>(() => ({ offered: [] }));

/** Registers commands in the palette while the component is mounted. */
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
