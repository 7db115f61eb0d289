import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { ChatAnswer, DryRunAnswer } from '../../../../contract/chat.ts';
import type { ErrorInfo } from '../../../../contract/errors.ts';
import type { Mode } from '../../../state/frame-store.ts';
import type { CheckResult } from '../../../../contract/pack-check.ts';
import type { Target } from '../../../state/target.ts';
import { mainColumn } from '../columns/columns.ts';
import type { BenchInput, BenchRequest } from '../input/chat-input.ts';

/** `plan`: only the request was made. `stub` and `live` also give a reply. */
export type RunKind = 'plan' | 'stub' | 'live';
export type RunPhase = 'running' | 'done' | 'failed' | 'cancelled';

/** A wait before another attempt; `until` in milliseconds since 1970. */
export interface Wait {
  until: number;
  requestId: string;
  asked: boolean;
  status: number | null;
  message: string;
  /** It is a limit of the provider that has no room. */
  isLimit: boolean;
}

/** One Ctrl+Enter: what was asked, and what came of it. */
export interface Run {
  id: string;
  /** The column it was made in. */
  column: string;
  kind: RunKind;
  mode: Mode;
  target: Target;
  /** As it stood in the input, to send it again. */
  written: BenchInput;
  input: BenchRequest;
  /** The dry run beside it. */
  planned: BenchRequest;
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
  answer: (ChatAnswer & { checks?: CheckResult[] }) | null;
  error: ErrorInfo | null;
  plan: DryRunAnswer | null;
  /** Set while the provider's next attempt is waited for. */
  waiting: Wait | null;
  planError: ErrorInfo | null;
}

interface Runs {
  /** Newest first, until the window is closed. */
  runs: readonly Run[];
  /** The one on screen in each column. */
  shown: Readonly<Record<string, string>>;
}

const keptRuns = 50;

export const useRuns = create<Runs>(() => ({ runs: [], shown: {} }));

export function addRun(run: Run): void {
  useRuns.setState(({ runs, shown }) => ({
    runs: [run, ...runs].slice(0, keptRuns),
    shown: { ...shown, [run.column]: run.id },
  }));
}

/** Changes a run; one that has been pushed out of the list is left alone. */
export function changeRun(id: string, change: Partial<Run> | ((run: Run) => Partial<Run>)): void {
  useRuns.setState(({ runs }) => ({
    runs: runs.map((run) =>
      run.id === id ? { ...run, ...(typeof change === 'function' ? change(run) : change) } : run,
    ),
  }));
}

/** Shows an earlier run in the first column. */
export function showRun(id: string): void {
  useRuns.setState(({ shown }) => ({ shown: { ...shown, [mainColumn]: id } }));
}

/** Those that have not ended, whichever are on screen. */
export function useRunsUnderWay(): readonly Run[] {
  return useRuns(useShallow(({ runs }) => runs.filter(({ phase }) => phase === 'running')));
}

export function useShownRun(column: string): Run | null {
  return useRuns(({ runs, shown }) => runs.find(({ id }) => id === shown[column]) ?? null);
}
