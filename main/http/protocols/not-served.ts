/** Routes of other servers that are not supported, with their replacements. */
const advice: readonly { paths: RegExp; use: string }[] = [
  {
    paths: /^\/api\/(pull|push|create|copy|delete|blobs)(\/|$)/,
    use: 'models are added and removed at the provider itself; GET /api/tags lists those that can be called',
  },
  {
    paths: /^\/api\/(v1|extra|latest|v2)(\/|$)/,
    use: "KoboldAI's API is not served: connect as an OpenAI-compatible server (POST /v1/chat/completions or /v1/completions), or as Ollama (POST /api/chat)",
  },
  {
    paths: /^\/(completion|tokenize|detokenize|props|slots|infill|apply-template)$/,
    use: "llama.cpp's own routes are not served: use POST /v1/completions or /v1/chat/completions",
  },
  {
    paths: /^\/v1\/(internal|token)(\/|$)/,
    use: "text-generation-webui's own routes are not served: use POST /v1/completions, or GET /v1/models for the models",
  },
  { paths: /^\/v1\/complete$/, use: 'use POST /v1/messages' },
  {
    paths: /^\/v1\/messages\/batches(\/|$)/,
    use: 'batches are not served: send each by POST /v1/messages',
  },
  {
    paths: /^\/v1\/responses\//,
    use: 'replies are not stored, so there is nothing to look up: use POST /v1/responses',
  },
  {
    paths:
      /^\/v1\/(audio|images|videos|realtime|moderations|files|batches|fine_tuning|assistants|threads|vector_stores|conversations)(\/|$)/,
    use: 'only text is served: POST /v1/chat/completions, /v1/responses, /v1/completions and /v1/embeddings',
  },
  {
    paths: /^\/v1alpha(\/|$)/,
    use: 'use POST /v1beta/models/{model}:generateContent or :streamGenerateContent',
  },
  {
    paths: /^\/v1beta\//,
    use: 'use POST /v1beta/models/{model}:generateContent, :streamGenerateContent, :countTokens, :embedContent or :batchEmbedContents',
  },
  {
    paths: /^\/(chat\/completions|completions|responses|messages|embeddings|models)$/,
    use: 'the base URL ends in /v1',
  },
  { paths: /^\/v1\/v1\//, use: 'this base URL has /v1 once only' },
];

/** What to use instead of an unsupported route; null for an unknown one. */
export function notServed(path: string): string | null {
  return advice.find(({ paths }) => paths.test(path))?.use ?? null;
}
