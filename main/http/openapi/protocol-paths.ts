import { callErrors } from './route-docs.ts';
import { errorResponses } from './responses.ts';
import type { SchemaObject } from './schemas.ts';

interface ProtocolDoc {
  path: string;
  method: 'get' | 'post';
  tag: string;
  operationId: string;
  summary: string;
  /** A request body that works. */
  example?: unknown;
  /** The content type of a stream, if the route has one. */
  stream?: string;
  params?: Record<string, string>;
}

const prompt = 'Say hello to Mira.';
const messages = [{ role: 'user', content: prompt }];
const openAi = "OpenAI's protocols";
const anthropic = "Anthropic's protocol";
const ollama = "Ollama's protocol";
const gemini = "Gemini's protocol";
const sse = 'text/event-stream';
const lines = 'application/x-ndjson';

/** Routes in other providers' protocols; those providers document the bodies. */
const docs: readonly ProtocolDoc[] = [
  {
    path: '/v1/responses',
    method: 'post',
    tag: openAi,
    operationId: 'openai.responses',
    summary: "OpenAI's Responses API, stateless: whole, or as a stream",
    example: { model: 'stub', input: prompt },
    stream: sse,
  },
  {
    path: '/v1/completions',
    method: 'post',
    tag: openAi,
    operationId: 'openai.completions',
    summary: "OpenAI's older text completions: the prompt is one user message",
    example: { model: 'stub', prompt },
    stream: sse,
  },
  {
    path: '/v1/embeddings',
    method: 'post',
    tag: openAi,
    operationId: 'openai.embeddings',
    summary: 'Texts as vectors, by OpenAI, Gemini, OpenRouter, LM Studio or Ollama',
  },
  {
    path: '/v1/messages',
    method: 'post',
    tag: anthropic,
    operationId: 'anthropic.messages',
    summary: "Anthropic's Messages API: whole, or as a stream",
    example: { model: 'stub', max_tokens: 100, messages },
    stream: sse,
  },
  {
    path: '/v1/messages/count_tokens',
    method: 'post',
    tag: anthropic,
    operationId: 'anthropic.countTokens',
    summary: 'How many tokens a request has; nothing is sent',
    example: { model: 'stub', messages },
  },
  {
    path: '/v1/model/list',
    method: 'get',
    tag: openAi,
    operationId: 'tabby.models',
    summary: "TabbyAPI's list of models: as `GET /v1/models`",
  },
  {
    path: '/v1/model',
    method: 'get',
    tag: openAi,
    operationId: 'tabby.model',
    summary: "TabbyAPI's loaded model: the module for chats stands in",
  },
  {
    path: '/api/chat',
    method: 'post',
    tag: ollama,
    operationId: 'ollama.chat',
    summary: "Ollama's chat; streams unless `stream` is false",
    example: { model: 'stub', messages, stream: false },
    stream: lines,
  },
  {
    path: '/api/generate',
    method: 'post',
    tag: ollama,
    operationId: 'ollama.generate',
    summary: "Ollama's single prompts; streams unless `stream` is false",
    example: { model: 'stub', prompt, stream: false },
    stream: lines,
  },
  {
    path: '/api/embed',
    method: 'post',
    tag: ollama,
    operationId: 'ollama.embed',
    summary: 'Texts as vectors, as `POST /v1/embeddings`',
  },
  {
    path: '/api/embeddings',
    method: 'post',
    tag: ollama,
    operationId: 'ollama.embeddings',
    summary: 'One text as a vector, the older way',
  },
  {
    path: '/api/show',
    method: 'post',
    tag: ollama,
    operationId: 'ollama.show',
    summary: 'One model: its context and what it can do',
    example: { model: 'stub' },
  },
  {
    path: '/api/tags',
    method: 'get',
    tag: ollama,
    operationId: 'ollama.tags',
    summary: 'Every id a chat can name',
  },
  {
    path: '/api/ps',
    method: 'get',
    tag: ollama,
    operationId: 'ollama.ps',
    summary: 'Models in memory: always none',
  },
  {
    path: '/api/version',
    method: 'get',
    tag: ollama,
    operationId: 'ollama.version',
    summary: 'The release of Ollama whose protocol this is',
  },
  {
    path: '/v1beta/models',
    method: 'get',
    tag: gemini,
    operationId: 'gemini.models',
    summary: 'Every id a chat can name',
  },
  {
    path: '/v1beta/models/{target}',
    method: 'get',
    tag: gemini,
    operationId: 'gemini.model',
    summary: 'One of them; the id may hold slashes',
    params: { target: 'stub' },
  },
  {
    path: '/v1beta/models/{target}',
    method: 'post',
    tag: gemini,
    operationId: 'gemini.generate',
    summary:
      '`{model}:generateContent`, `{model}:streamGenerateContent` for a stream, `:countTokens`, `:embedContent` or `:batchEmbedContents`',
    example: { contents: [{ role: 'user', parts: [{ text: prompt }] }] },
    params: { target: 'stub:generateContent' },
    stream: sse,
  },
];

function requestBodyOf({ method, example }: ProtocolDoc): SchemaObject {
  if (method !== 'post') return {};
  const examples = example === undefined ? {} : { examples: { stub: { value: example } } };
  return {
    requestBody: {
      required: true,
      content: { 'application/json': { schema: { type: 'object' }, ...examples } },
    },
  };
}

function operationOf(doc: ProtocolDoc): SchemaObject {
  const { tag, operationId, summary, stream, method, params } = doc;
  const parameters = Object.entries(params ?? {}).map(([name, example]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
    example,
  }));
  const pieces = stream ? { [stream]: { schema: { type: 'string' } } } : {};
  const content = { 'application/json': { schema: {} }, ...pieces };
  return {
    tags: [tag],
    operationId,
    summary,
    ...(parameters.length ? { parameters } : {}),
    ...requestBodyOf(doc),
    responses: {
      '200': { description: 'The answer', content },
      ...errorResponses(callErrors, method === 'post', 'protocol'),
    },
  };
}

/** The routes of other providers' protocols, as OpenAPI paths. */
export function protocolPaths(): Record<string, SchemaObject> {
  const paths: Record<string, SchemaObject> = {};
  for (const doc of docs) paths[doc.path] = { ...paths[doc.path], [doc.method]: operationOf(doc) };
  return paths;
}
