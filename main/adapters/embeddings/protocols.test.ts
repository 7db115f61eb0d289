import { describe, expect, it } from 'vitest';
import { fromBase64, embeddingProtocols, type EmbeddingJob } from './protocols.ts';

it('only base64 of 32-bit floats is read', () => {
  expect(fromBase64('AACAPwAAAMA=')).toEqual([1, -2]);
  expect(fromBase64('AACA')).toBeUndefined();
});

describe('providers', () => {
  const request: EmbeddingJob = { input: { texts: ['a', 'b'] }, dimensions: 3, user: 'u' };

  it('OpenAI’s protocol, with its results in any order', () => {
    const protocol = embeddingProtocols.openai!;
    expect(protocol.toRequest(request, 'text-embedding-3-small')).toEqual({
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
    expect(protocol.fromResponse({ object: 'list', data, model: 'm', usage }, 2)).toEqual({
      vectors: [
        [1, 2],
        [3, 4],
      ],
      promptTokens: 2,
    });
  });

  it('Gemini’s batch', () => {
    const protocol = embeddingProtocols.gemini!;
    const { path, body, dropped } = protocol.toRequest(request, 'gemini-embedding-001');
    expect(path).toBe('/models/gemini-embedding-001:batchEmbedContents');
    expect(body).toEqual({
      requests: ['a', 'b'].map((text) => ({
        model: 'models/gemini-embedding-001',
        content: { parts: [{ text }] },
        outputDimensionality: 3,
      })),
    });
    expect(dropped.map(({ param }) => param)).toEqual(['user']);
    expect(protocol.fromResponse({ embeddings: [{ values: [1] }, { values: [2] }] }, 2)).toEqual({
      vectors: [[1], [2]],
      promptTokens: null,
    });
    expect(protocol.fromResponse({ embedding: { values: [1] } }, 1)?.vectors).toEqual([[1]]);
  });

  it('Ollama’s embed', () => {
    const protocol = embeddingProtocols.ollama!;
    expect(protocol.toRequest(request, 'nomic-embed-text')).toMatchObject({
      path: '/api/embed',
      body: { model: 'nomic-embed-text', input: ['a', 'b'], dimensions: 3 },
    });
    const reply = { model: 'nomic-embed-text', embeddings: [[1], [2]], prompt_eval_count: 4 };
    expect(protocol.fromResponse(reply, 2)).toEqual({ vectors: [[1], [2]], promptTokens: 4 });
  });

  it.each(['openai', 'gemini', 'ollama'] as const)(
    '%s: a reply without one of the vectors is refused',
    (name) => {
      const protocol = embeddingProtocols[name]!;
      for (const json of [
        null,
        {},
        { data: [{ embedding: [1] }] },
        { embeddings: [[1]] },
        { embeddings: [[1], 'x'] },
      ]) {
        expect(protocol.fromResponse(json, 2)).toBeNull();
      }
    },
  );

  it.each(['gemini', 'ollama'] as const)('%s takes no token ids as input', (name) => {
    expect(embeddingProtocols[name]?.takesTokens).toBe(false);
  });
});
