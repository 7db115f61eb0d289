import { create } from 'zustand';
import { rememberUndo } from './undo.ts';

export interface Toast {
  title: string;
  description?: string;
  /** Undoes the reported action and closes the toast. Ctrl+Z does the same, also later. */
  undo?: () => void;
  /** An error stays until it is dismissed. */
  kind?: 'done' | 'bad';
}

interface Toasts {
  /** Toasts that are not shown yet. */
  waiting: readonly Toast[];
  /** True once there has been a toast, so that the toaster has to be loaded. */
  any: boolean;
}

export const useToasts = create<Toasts>(() => ({ waiting: [], any: false }));

/**
 * Shows a toast about a completed action, with Undo if that is possible. Never the only report of a failure.
 */
export function toast(text: Toast): void {
  const undo = text.undo && rememberUndo(text.undo);
  const shown = undo ? { ...text, undo } : text;
  useToasts.setState(({ waiting }) => ({ waiting: [...waiting, shown], any: true }));
}

/** Returns and clears the waiting toasts. */
export function takeToasts(): readonly Toast[] {
  const { waiting } = useToasts.getState();
  useToasts.setState({ waiting: [] });
  return waiting;
}
