import { create } from 'zustand';

export interface Toast {
  title: string;
  description?: string;
  /** Takes back what was just done; the toast then goes away. */
  undo?: () => void;
  /** Bad news stays until it is put away. */
  kind?: 'done' | 'bad';
}

interface Toasts {
  /** Said, but not on screen yet. */
  waiting: readonly Toast[];
  /** Whether there ever was one, so that the corner is needed. */
  any: boolean;
}

export const useToasts = create<Toasts>(() => ({ waiting: [], any: false }));

/** Says in a corner what was done, with Undo where it can be taken back. Never the only place where a failure is told. */
export function toast(said: Toast): void {
  useToasts.setState(({ waiting }) => ({ waiting: [...waiting, said], any: true }));
}

/** What waits, which is then no longer waiting. */
export function takeToasts(): readonly Toast[] {
  const { waiting } = useToasts.getState();
  useToasts.setState({ waiting: [] });
  return waiting;
}
