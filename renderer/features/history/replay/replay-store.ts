import { create } from 'zustand';
import type { ChatAnswer, DryRunAnswer } from '../../../../contract/chat.ts';
import type { ErrorInfo } from '../../../../contract/errors.ts';
import { request, stream } from '../../../api/client.ts';
import { errorInfoOf } from '../../../api/operation-error.ts';

/** A logged call as it would be sent today and, if it was sent again, its result. */
export interface Replay {
  /** The call's id in the log. */
  id: string;
  phase: 'planning' | 'planned' | 'sending' | 'sent' | 'failed';
  plan: DryRunAnswer | null;
  answer: ChatAnswer | null;
  error: ErrorInfo | null;
  /** Milliseconds since 1970. */
  startedAt: number;
  endedAt: number | null;
}

/** One replay at a time; null while the recorded call is shown. */
export const useReplay = create<{ replay: Replay | null }>(() => ({ replay: null }));

let current: AbortController | null = null;

function change(id: string, change: Partial<Replay>): void {
  useReplay.setState(({ replay }) => (replay?.id === id ? { replay: { ...replay, ...change } } : {}));
}

/** Shows what the call would be today. Nothing is sent. */
export async function planReplay(id: string): Promise<void> {
  cancelReplay();
  const newReplay: Replay = {
    id,
    phase: 'planning',
    plan: null,
    answer: null,
    error: null,
    startedAt: Date.now(),
    endedAt: null,
  };
  useReplay.setState({ replay: newReplay });
  try {
    change(id, { plan: await request('calls.plan', { id }), phase: 'planned' });
  } catch (thrown) {
    change(id, { error: errorInfoOf(thrown), phase: 'failed' });
  }
}

/** Sends the call again; it may cost money. */
export async function sendReplay(id: string): Promise<void> {
  cancelReplay();
  const abort = new AbortController();
  current = abort;
  change(id, { phase: 'sending', answer: null, error: null, startedAt: Date.now(), endedAt: null });
  try {
    const answer = await stream('calls.replay', { id }, () => undefined, abort.signal);
    change(id, { answer, phase: 'sent', endedAt: Date.now() });
  } catch (thrown) {
    change(id, { error: errorInfoOf(thrown), phase: 'failed', endedAt: Date.now() });
  } finally {
    if (current === abort) current = null;
  }
}

export function cancelReplay(): void {
  current?.abort();
  current = null;
}

/** Goes back to the recorded call. */
export function closeReplay(): void {
  cancelReplay();
  useReplay.setState({ replay: null });
}
