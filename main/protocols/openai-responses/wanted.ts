import type { JsonObject, Wanted } from '../define.ts';

/** Request fields that a response repeats. */
export interface ResponsesWanted extends Wanted {
  echo: {
    instructions: string | null;
    max_output_tokens: number | null;
    metadata: JsonObject;
    parallel_tool_calls: boolean;
    reasoning: { effort: string | null; summary: string | null };
    temperature: number | null;
    text: JsonObject;
    tool_choice: unknown;
    tools: unknown[];
    top_p: number | null;
    user?: string;
  };
}
