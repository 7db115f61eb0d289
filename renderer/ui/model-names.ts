/** Models for embeddings, speech recognition or reranking, which cannot answer a message. */
const answersNothing = /embed|rerank|whisper|(^|[-_/])(bge|gte|e5)[-_]/i;

export const isChatModel = (id: string): boolean => !answersNothing.test(id);

/** The default model for a message: the first that can answer one. */
export function firstChatModel(models: readonly string[]): string | null {
  return models.find(isChatModel) ?? models[0] ?? null;
}

/** In Ollama, `llama3.2` means `llama3.2:latest`. */
export function hasModel(models: readonly string[], id: string): boolean {
  return models.includes(id) || models.includes(`${id}:latest`);
}
