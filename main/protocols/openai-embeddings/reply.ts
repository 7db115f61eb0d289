import type { JsonObject } from '../define.ts';
import { warningsField } from '../shared/answer.ts';
import type { EmbeddingsWanted } from './request.ts';

/** Encodes numbers as base64 of 32-bit little-endian floats, OpenAI's compact format for vectors. */
export function toBase64(vector: readonly number[]): string {
  const view = new DataView(new ArrayBuffer(vector.length * 4));
  vector.forEach((value, index) => view.setFloat32(index * 4, value, true));
  return Buffer.from(view.buffer).toString('base64');
}

/** Vectors in the order of the texts. */
export interface Embeddings {
  vectors: number[][];
  /** null if the provider does not report it. */
  promptTokens: number | null;
}

/** The reply's body. Unknown token counts are 0, because the client requires a number. */
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
