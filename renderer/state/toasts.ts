import { create } from 'zustand';
import { rememberUndo } from './undo.ts';

export interface Toast {
  title: string;
  description?: string;
  /** Undoes what was just done; the toast then goes away. Ctrl+Z does the same, also later. */
  undo?: () => void;
  /** Bad news stays until it is put away. */
  kind?: 'done' | 'bad';
}

interface Toasts {
  /** Notices that are not on screen yet. */
  waiting: readonly Toast[];
  /** Whether there ever was one, so that the corner is needed. */
  any: boolean;
}

export const useToasts = create<Toasts>(() => ({ waiting: [], any: false }));

/** Says in a corner what was done, with Undo where it can be taken back. Never the only place where a failure is reported. */
export function toast(text: Toast): void {
  const undo = text.undo && rememberUndo(text.undo);
  const shown = undo ? { ...text, undo } : text;
  useToasts.setState(({ waiting }) => ({ waiting: [...waiting, shown], any: true }));
}

/** What waits, which is then no longer waiting. */
export function takeToasts(): readonly Toast[] {
  const { waiting } = useToasts.getState();
  useToasts.setState({ waiting: [] });
  return waiting;
}
