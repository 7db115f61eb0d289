import { create } from 'zustand';
import type { ChatAnswer, ChatRequest, DryRunAnswer } from '../../../../contract/chat.ts';
import type { ErrorInfo } from '../../../../contract/errors.ts';
import type { Mode } from '../../../state/frame-store.ts';
import type { Target } from '../../../state/target.ts';

/** `plan`: only the request was made. `stub` and `live` also give a reply. */
export type RunKind = 'plan' | 'stub' | 'live';
export type RunPhase = 'running' | 'done' | 'failed' | 'cancelled';

/** One Ctrl+Enter: what was asked, and what came of it. */
export interface Run {
  id: string;
  kind: RunKind;
  mode: Mode;
  target: Target;
  input: ChatRequest;
  /** The dry run beside it. */
  planned: ChatRequest;
  /** Milliseconds since 1970. */
  startedAt: number;
  endedAt: number | null;
  phase: RunPhase;
  /** What has arrived so far; the whole reply once it is over. */
  text: string;
  reasoning: string;
  /** What answers, once that is known. */
  provider: string | null;
  model: string | null;
  answer: ChatAnswer | null;
  error: ErrorInfo | null;
  plan: DryRunAnswer | null;
  planError: ErrorInfo | null;
}

interface Runs {
  /** Newest first, until the window is closed. */
  runs: readonly Run[];
  /** The one on screen. */
  shown: string | null;
}

const keptRuns = 50;

export const useRuns = create<Runs>(() => ({ runs: [], shown: null }));

export function addRun(run: Run): void {
  useRuns.setState(({ runs }) => ({ runs: [run, ...runs].slice(0, keptRuns), shown: run.id }));
}

/** Changes a run; one that has been pushed out of the list is left alone. */
export function changeRun(id: string, change: Partial<Run> | ((run: Run) => Partial<Run>)): void {
  useRuns.setState(({ runs }) => ({
    runs: runs.map((run) =>
      run.id === id ? { ...run, ...(typeof change === 'function' ? change(run) : change) } : run,
    ),
  }));
}

export function showRun(id: string): void {
  useRuns.setState({ shown: id });
}

/** The one that has not ended, whichever is on screen. */
export function useRunUnderWay(): Run | null {
  return useRuns(({ runs }) => runs.find(({ phase }) => phase === 'running') ?? null);
}

export function useShownRun(): Run | null {
  return useRuns(({ runs, shown }) => runs.find(({ id }) => id === shown) ?? null);
}
