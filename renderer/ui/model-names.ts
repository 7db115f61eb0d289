/** Models that turn text into numbers, sound into text, or sort texts: they answer no message. */
const answersNothing = /embed|rerank|whisper|(^|[-_/])(bge|gte|e5)[-_]/i;

export const isChatModel = (id: string): boolean => !answersNothing.test(id);

/** What a message goes to where nobody picked a model: the first that can answer one. */
export function firstChatModel(models: readonly string[]): string | null {
  return models.find(isChatModel) ?? models[0] ?? null;
}

/** Ollama's `llama3.2` is its `llama3.2:latest`. */
export function hasModel(models: readonly string[], id: string): boolean {
  return models.includes(id) || models.includes(`${id}:latest`);
}
