import type { JsonObject } from '../define.ts';
import { warningsField } from '../shared/answer.ts';
import type { EmbeddingsWanted } from './request.ts';
import { toBase64 } from './vectors.ts';

/** Vectors in the order of the texts. */
export interface Embeddings {
  vectors: number[][];
  /** null where the provider tells none. */
  promptTokens: number | null;
}

/** The reply's body. Unknown token counts are 0: the client requires a figure. */
export function embeddingsBody(
  { vectors, promptTokens }: Embeddings,
  meta: { wanted: EmbeddingsWanted; model: string; warnings: readonly string[] },
): JsonObject {
  const put = (vector: number[]) => (meta.wanted.encoding === 'base64' ? toBase64(vector) : vector);
  const tokens = promptTokens ?? 0;
  return {
    object: 'list',
    data: vectors.map((vector, index) => ({ object: 'embedding', index, embedding: put(vector) })),
    model: meta.model,
    usage: {
      prompt_tokens: tokens,
      total_tokens: tokens,
      ...(promptTokens === null ? { estimated: true } : {}),
    },
    ...warningsField(meta.warnings),
  };
}
