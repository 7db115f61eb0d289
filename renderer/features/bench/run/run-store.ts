import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { ChatAnswer, DryRunAnswer } from '../../../../contract/chat.ts';
import type { ErrorInfo } from '../../../../contract/errors.ts';
import type { Mode } from '../../../state/frame-store.ts';
import type { CheckResult } from '../../../../contract/pack-check.ts';
import type { Target } from '../../../state/target.ts';
import { mainColumn } from '../columns/columns.ts';
import type { BenchInput, BenchRequest } from '../input/chat-input.ts';

/** `plan`: only the request is created. `stub` and `live` also give a reply. */
export type RunKind = 'plan' | 'stub' | 'live';
export type RunPhase = 'running' | 'done' | 'failed' | 'cancelled';

/** A wait before the next attempt; `until` in milliseconds since 1970. */
export interface Wait {
  until: number;
  requestId: string;
  asked: boolean;
  status: number | null;
  message: string;
  /** The wait is for a rate limit of the provider. */
  isLimit: boolean;
}

/** One run (Ctrl+Enter): its request and its result. */
export interface Run {
  id: string;
  /** The id of its column. */
  column: string;
  kind: RunKind;
  mode: Mode;
  target: Target;
  /** The input of the run, to send it again. */
  benchInput: BenchInput;
  input: BenchRequest;
  /** The dry run shown beside it. */
  planned: BenchRequest;
  /** Milliseconds since 1970. */
  startedAt: number;
  endedAt: number | null;
  phase: RunPhase;
  /** The text received so far; the whole reply when the run is over. */
  text: string;
  reasoning: string;
  /** The provider that answers, once known. */
  provider: string | null;
  model: string | null;
  answer: (ChatAnswer & { checks?: CheckResult[] }) | null;
  error: ErrorInfo | null;
  plan: DryRunAnswer | null;
  /** Set during the wait before the provider's next attempt. */
  waiting: Wait | null;
  planError: ErrorInfo | null;
}

interface Runs {
  /** Newest first; lost when the window closes. */
  runs: readonly Run[];
  /** The run on screen, by column. */
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

/** Changes a run. Does nothing if the run has already been dropped from the list. */
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

/** The runs that have not ended, on screen or not. */
export function useRunsUnderWay(): readonly Run[] {
  return useRuns(useShallow(({ runs }) => runs.filter(({ phase }) => phase === 'running')));
}

export function useShownRun(column: string): Run | null {
  return useRuns(({ runs, shown }) => runs.find(({ id }) => id === shown[column]) ?? null);
}
