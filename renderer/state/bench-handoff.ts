import { create } from 'zustand';
import type { ChatRequest } from '../../contract/chat.ts';
import { goTo } from './view.ts';
import type { Target } from './target.ts';

/** What another view puts on the Bench. Missing fields leave the Bench unchanged. */
export interface BenchHandoff {
  target?: Partial<Target>;
  messages?: ChatRequest['messages'];
  /** Variables of the module's prompt pack: the Bench then shows its form instead of messages. */
  variables?: Record<string, unknown>;
  /** Additional settings of the call, such as those of a logged call. */
  overrides?: BenchOverrides;
  /** Adds a column for comparison instead of replacing the content. */
  asColumn?: boolean;
}

/** Sent with a call, so they take precedence over the preset's. */
export type BenchOverrides = Pick<ChatRequest, 'params' | 'schema' | 'provider_options' | 'max_cost_usd'>;

/** Holds the handoff until the Bench is shown. */
export const useBenchHandoff = create<{ handoff: BenchHandoff | null }>(() => ({ handoff: null }));

/** Puts a call on the Bench and shows it. The previous content can be restored. */
export function openOnBench(handoff: BenchHandoff): void {
  useBenchHandoff.setState({ handoff });
  goTo('bench');
}

/** Returns and clears the waiting handoff. */
export function takeHandoff(): BenchHandoff | null {
  const { handoff } = useBenchHandoff.getState();
  if (handoff) useBenchHandoff.setState({ handoff: null });
  return handoff;
}
