import { describe, expect, it } from 'vitest';
import { fromBase64, embeddingProtocols, type EmbeddingJob } from './protocols.ts';

it('only base64 of 32-bit floats is read', () => {
  expect(fromBase64('AACAPwAAAMA=')).toEqual([1, -2]);
  expect(fromBase64('AACA')).toBeUndefined();
});

describe('providers', () => {
  const request: EmbeddingJob = { input: { texts: ['a', 'b'] }, dimensions: 3, user: 'u' };

  it('OpenAI’s protocol, with its results in any order', () => {
    const wire = embeddingProtocols.openai!;
    expect(wire.toRequest(request, 'text-embedding-3-small')).toEqual({
      path: '/embeddings',
      body: {
        model: 'text-embedding-3-small',
        input: ['a', 'b'],
        encoding_format: 'float',
        dimensions: 3,
        user: 'u',
      },
      dropped: [],
    });
    const data = [
      { object: 'embedding', index: 1, embedding: [3, 4] },
      { object: 'embedding', index: 0, embedding: 'AACAPwAAAEA=' },
    ];
    const usage = { prompt_tokens: 2, total_tokens: 2 };
    expect(wire.fromResponse({ object: 'list', data, model: 'm', usage }, 2)).toEqual({
      vectors: [
        [1, 2],
        [3, 4],
      ],
      promptTokens: 2,
    });
  });

  it('Gemini’s batch', () => {
    const wire = embeddingProtocols.gemini!;
    const { path, body, dropped } = wire.toRequest(request, 'gemini-embedding-001');
    expect(path).toBe('/models/gemini-embedding-001:batchEmbedContents');
    expect(body).toEqual({
      requests: ['a', 'b'].map((text) => ({
        model: 'models/gemini-embedding-001',
        content: { parts: [{ text }] },
        outputDimensionality: 3,
      })),
    });
    expect(dropped.map(({ param }) => param)).toEqual(['user']);
    expect(wire.fromResponse({ embeddings: [{ values: [1] }, { values: [2] }] }, 2)).toEqual({
      vectors: [[1], [2]],
      promptTokens: null,
    });
    expect(wire.fromResponse({ embedding: { values: [1] } }, 1)?.vectors).toEqual([[1]]);
  });

  it('Ollama’s embed', () => {
    const wire = embeddingProtocols.ollama!;
    expect(wire.toRequest(request, 'nomic-embed-text')).toMatchObject({
      path: '/api/embed',
      body: { model: 'nomic-embed-text', input: ['a', 'b'], dimensions: 3 },
    });
    const reply = { model: 'nomic-embed-text', embeddings: [[1], [2]], prompt_eval_count: 4 };
    expect(wire.fromResponse(reply, 2)).toEqual({ vectors: [[1], [2]], promptTokens: 4 });
  });

  it.each(['openai', 'gemini', 'ollama'] as const)(
    '%s: a reply without one of the vectors is refused',
    (name) => {
      const wire = embeddingProtocols[name]!;
      for (const json of [
        null,
        {},
        { data: [{ embedding: [1] }] },
        { embeddings: [[1]] },
        { embeddings: [[1], 'x'] },
      ]) {
        expect(wire.fromResponse(json, 2)).toBeNull();
      }
    },
  );

  it.each(['gemini', 'ollama'] as const)('%s takes no token ids as input', (name) => {
    expect(embeddingProtocols[name]?.takesTokens).toBe(false);
  });
});
