const byEffort = new Map<unknown, boolean | string>([
  ['none', false],
  ['minimal', 'low'],
  ['xhigh', 'max'],
  ['ultra', 'max'],
]);

/** `think` for OpenAI's `reasoning_effort`, as Ollama's own OpenAI endpoint has it (openai/openai.go). */
export function thinkOf(effort: unknown): unknown {
  return byEffort.get(effort) ?? effort;
}
