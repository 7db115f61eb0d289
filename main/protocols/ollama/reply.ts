import type { ToolCall, Usage } from '../../../contract/chat.ts';
import type { Answer, JsonObject, ReplyMeta } from '../define.ts';
import { callsOf, knownUsage, noticesOf, replyText, warningsField } from '../shared/answer.ts';
import { argumentsOrText } from '../shared/neutral-tools.ts';
import type { OllamaWanted } from './wanted.ts';

type Meta = ReplyMeta<OllamaWanted>;

/** The content of a reply part; `/api/chat` and `/api/generate` put it into different fields. */
export interface Piece {
  text: string;
  thinking?: string;
  calls?: readonly ToolCall[];
}

/** How a route writes a piece. */
export type PieceShape = (piece: Piece) => JsonObject;

export const chatShape: PieceShape = ({ text, thinking, calls = [] }) => ({
  message: {
    role: 'assistant',
    content: text,
    ...(thinking ? { thinking } : {}),
    ...(calls.length > 0 ? { tool_calls: calls.map(toolCall) } : {}),
  },
});

export const generateShape: PieceShape = ({ text, thinking }) => ({
  response: text,
  ...(thinking ? { thinking } : {}),
});

function toolCall(call: ToolCall, index: number): JsonObject {
  const { id, function: fn, extra_content } = call;
  const named = { index, name: fn.name, arguments: argumentsOrText(fn.arguments) };
  return { id, function: named, ...(extra_content === undefined ? {} : { extra_content }) };
}

/**
 * The fields at the beginning of every part. The model has the caller's name for it, because clients compare
 * the names.
 */
export function head(meta: Meta, model: string): JsonObject {
  return { model: meta.wanted.model || model, created_at: new Date(meta.now()).toISOString() };
}

/** The last line of a stream, and the end of a complete reply. Durations are in nanoseconds. */
export function ending(answer: Answer, usage: Usage, notices: readonly string[]): JsonObject {
  const total = nanoseconds(answer.timing?.total_ms);
  const first = Math.min(total, nanoseconds(answer.timing?.first_token_ms));
  return {
    done: true,
    done_reason: answer.data.finish_reason === 'length' ? 'length' : 'stop',
    total_duration: total,
    load_duration: 0,
    prompt_eval_count: usage.prompt_tokens,
    prompt_eval_duration: first,
    eval_count: usage.completion_tokens,
    eval_duration: total - first,
    ...warningsField(notices),
  };
}

/**
 * Notices for the last line, in addition to the provider's warnings: reasons that the protocol cannot
 * express.
 */
export function endNotices(answer: Answer, usage: Usage): string[] {
  return [
    ...(answer.data.finish_reason === 'content_filter'
      ? ['the provider’s content filter cut the reply off']
      : []),
    ...(usage.estimated ? ['the token counts are estimates: the provider told none'] : []),
  ];
}

/** A complete reply of either route. */
export function wholeReply(answer: Answer, meta: Meta, shape: PieceShape): JsonObject {
  const usage = knownUsage(answer.usage);
  const { reasoning } = answer.data;
  const piece = {
    text: replyText(answer),
    calls: callsOf(answer, meta),
    ...(reasoning ? { thinking: reasoning } : {}),
  };
  const notices = [...noticesOf(meta, answer), ...endNotices(answer, usage)];
  return { ...head(meta, answer.model), ...shape(piece), ...ending(answer, usage, notices) };
}

/** The reply to a request without a prompt. No provider is called, because nothing is loaded here. */
export function loadBody(meta: Meta, shape: PieceShape): JsonObject {
  return { ...head(meta, ''), ...shape({ text: '' }), done: true, done_reason: meta.wanted.load ?? 'load' };
}

function nanoseconds(milliseconds = 0): number {
  return Math.round(milliseconds * 1e6);
}
