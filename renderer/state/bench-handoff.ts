import { create } from 'zustand';
import type { ChatRequest } from '../../contract/chat.ts';
import { goTo } from './view.ts';
import type { Target } from './target.ts';

/** What another view puts on the Bench. What is left out stays as it is there. */
export interface BenchHandoff {
  target?: Partial<Target>;
  messages?: ChatRequest['messages'];
  /** Variables of the module's prompt pack: the Bench then shows its form instead of messages. */
  variables?: Record<string, unknown>;
  /** Settings of the call beside the target's own, e.g. those of a call in the log. */
  overrides?: BenchOverrides;
  /** As a further column beside what is there, to compare. */
  asColumn?: boolean;
}

/** Given with a call, so they win over the preset's. */
export type BenchOverrides = Pick<ChatRequest, 'params' | 'schema' | 'provider_options' | 'max_cost_usd'>;

/** Waits here until the Bench is on screen. */
export const useBenchHandoff = create<{ handoff: BenchHandoff | null }>(() => ({ handoff: null }));

/** Puts a call on the Bench and goes there. What stood there before can be brought back. */
export function openOnBench(handoff: BenchHandoff): void {
  useBenchHandoff.setState({ handoff });
  goTo('bench');
}

/** What waits for the Bench, which is then no longer waiting. */
export function takeHandoff(): BenchHandoff | null {
  const { handoff } = useBenchHandoff.getState();
  if (handoff) useBenchHandoff.setState({ handoff: null });
  return handoff;
}
