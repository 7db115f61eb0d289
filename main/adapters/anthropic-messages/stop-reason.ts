import type { FinishReason } from '../../../contract/chat.ts';
import { obj, str } from '../shared/read.ts';

/** https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons */
const byStopReason = new Map<string, FinishReason>([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool_calls'],
  ['refusal', 'content_filter'],
]);

/** The tools that a reply called; the one that carries structured output is not reported to the caller. */
export interface CallsSeen {
  schemaTool: boolean;
  otherTools: boolean;
}

/**
 * The neutral finish reason; null while there is none, `other` for unmapped ones (`pause_turn`, unknown
 * ones).
 */
export function finishReason(stopReason: unknown, calls: CallsSeen): FinishReason | null {
  const reason = str(stopReason);
  if (reason === undefined) return null;
  const finish = byStopReason.get(reason) ?? 'other';
  return finish === 'tool_calls' && calls.schemaTool && !calls.otherTools ? 'stop' : finish;
}

/** A refusal in the provider's words (`stop_details.explanation`), or undefined if there was none. */
export function refusal(message: { stop_reason?: unknown; stop_details?: unknown }): string | undefined {
  if (message.stop_reason !== 'refusal') return undefined;
  const details = obj(message.stop_details);
  const explanation = str(details.explanation);
  if (explanation !== undefined && explanation !== '') return explanation;
  const category = str(details.category);
  return category === undefined ? 'stop_reason: refusal' : `stop_reason: refusal (${category})`;
}
