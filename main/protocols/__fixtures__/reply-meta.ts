import type { ReplyMeta, Wanted } from '../define.ts';
import type { ResponsesWanted } from '../openai-responses/wanted.ts';

/** The fields that any protocol needs for a reply, so that one meta serves all. */
export function metaOf(more: Partial<ReplyMeta> = {}): ReplyMeta<Wanted> {
  let count = 0;
  const echo: ResponsesWanted['echo'] = {
    instructions: null,
    max_output_tokens: null,
    metadata: {},
    parallel_tool_calls: true,
    reasoning: { effort: null, summary: null },
    temperature: null,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: null,
  };
  const wanted = { stream: true, model: 'a-model', echo, usage: true, sse: true, includeThoughts: true };
  return {
    wanted,
    warnings: [],

    now: () => Date.UTC(2026, 0, 2),
    newId: () => `${(count += 1)}`.padStart(24, '0'),
    ...more,
  };
}
