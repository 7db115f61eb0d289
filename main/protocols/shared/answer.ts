import type { ToolCall, Usage } from '../../../contract/chat.ts';
import type { OpenAiUsage } from '../../../contract/operations/openai.ts';
import type { Dropped } from '../../../contract/plan.ts';
import type { Answer, ReplyMeta } from '../define.ts';

/** The reply's text; repaired JSON is returned repaired, because clients parse it themselves. */
export function replyText({ data }: Answer): string {
  return data.repaired ? JSON.stringify(data.json) : data.reply;
}

/** The tool calls of a reply, each with an id, because a result refers to its call by it. */
export function callsOf({ data }: Answer, { newId }: Pick<ReplyMeta, 'newId'>): ToolCall[] {
  return (data.tool_calls ?? []).map((call) => ({ ...call, id: call.id || callId(newId) }));
}

/** An id for a call whose provider sends none. */
export function callId(newId: () => string): string {
  return `call_${newId().slice(0, 24)}`;
}

const noUsage: Usage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0, estimated: true };

/** The reply's token counts. Clients require numbers, so an unknown count is 0, marked as estimated. */
export function knownUsage(usage: Usage | null | undefined): Usage {
  return usage ?? noUsage;
}

/** Requested features without effect: from the request's translation, then from the provider. */
export function noticesOf(
  meta: Pick<ReplyMeta, 'warnings'>,
  of: { dropped: readonly Dropped[]; warnings?: readonly string[] },
): string[] {
  const dropped = of.dropped.map(({ param, reason }) => `\`${param}\` was not sent: ${reason}`);
  return [...new Set([...meta.warnings, ...dropped, ...(of.warnings ?? [])])];
}

/** A `warnings` field, if there are any. */
export function warningsField(notices: readonly string[]): { warnings?: readonly string[] } {
  return notices.length > 0 ? { warnings: notices } : {};
}

/** `estimated: true` if we counted ourselves. */
export function estimatedField({ estimated }: Usage): { estimated?: true } {
  return estimated ? { estimated } : {};
}

/** Token counts in OpenAI's structure. */
export function openAiUsageOf({ cached_tokens, reasoning_tokens, estimated, ...counts }: Usage): OpenAiUsage {
  const { prompt_tokens, completion_tokens, total_tokens } = counts;
  return {
    prompt_tokens,
    completion_tokens,
    total_tokens,
    ...(cached_tokens === undefined ? {} : { prompt_tokens_details: { cached_tokens } }),
    ...(reasoning_tokens === undefined ? {} : { completion_tokens_details: { reasoning_tokens } }),
    ...(estimated ? { estimated } : {}),
  };
}
