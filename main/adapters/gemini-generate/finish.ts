import type { FinishReason } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import { str } from '../shared/read.ts';

const blocks = new Set([
  'SAFETY',
  'RECITATION',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
  'IMAGE_SAFETY',
  'IMAGE_PROHIBITED_CONTENT',
  'IMAGE_RECITATION',
]);

/**
 * A candidate's finish reason; null while there is none. Source:
 * https://ai.google.dev/api/generate-content#FinishReason
 */
export function finishOf(candidate: JsonObject, calledTools: boolean): FinishReason | null {
  const reason = str(candidate.finishReason);
  if (reason === undefined || reason === 'FINISH_REASON_UNSPECIFIED') return null;
  if (blocks.has(reason)) return 'content_filter';
  if (reason === 'MAX_TOKENS') return 'length';
  if (reason !== 'STOP') return 'other';
  return calledTools ? 'tool_calls' : 'stop';
}

/** Why a reply was blocked, in Gemini's words; undefined if it was not. */
export function blockedReply(candidate: JsonObject): string | undefined {
  const reason = str(candidate.finishReason) ?? '';
  if (!blocks.has(reason)) return undefined;
  return str(candidate.finishMessage) ?? `finishReason: ${reason}`;
}

/** Why a prompt was refused, in Gemini's words; undefined if it was not. */
export function blockedPrompt(feedback: JsonObject): string | undefined {
  const reason = str(feedback.blockReason);
  if (reason === undefined || reason === 'BLOCKED_REASON_UNSPECIFIED') return undefined;
  return str(feedback.blockReasonMessage) ?? `blockReason: ${reason}`;
}
