import { callErrors } from './route-docs.ts';
import { protocolPaths } from './protocol-paths.ts';
import { translationPaths } from './translation-paths.ts';
import { errorResponses, goodResponse } from './responses.ts';
import { answerName, refTo, type SchemaObject } from './schemas.ts';

const messages = [{ role: 'user', content: 'Say hello to Mira.' }];
const openAi = { tags: ["OpenAI's protocols"] };
const text = (type: string, description: string) => ({
  '200': { description, content: { [type]: { schema: { type: 'string' } } } },
});
const server = { tags: ['Server'] };

/** Routes outside the route table: OpenAI's protocol, translation files and the documents. */
export function fixedPaths(): Record<string, SchemaObject> {
  return {
    '/v1/chat/completions': {
      post: {
        ...openAi,
        operationId: 'openai.chat',
        summary:
          "OpenAI's chat completions, whole or streamed; anything but the fields below goes to the provider as it is",
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: refTo('CompletionRequest'),
              examples: {
                stub: { value: { model: 'stub', messages } },
                stream: { value: { model: 'stub', messages, stream: true } },
              },
            },
          },
        },
        responses: {
          ...goodResponse(refTo('CompletionAnswer'), {
            message: refTo('ChatCompletionChunk'),
            error: refTo('OpenAiError'),
          }),
          ...errorResponses(callErrors, true, 'openai'),
        },
      },
    },
    '/v1/models': {
      get: {
        ...openAi,
        operationId: 'openai.models',
        summary: "Every id a chat can name; a page in Anthropic's words where `anthropic-version` is sent",
        responses: {
          ...goodResponse({ anyOf: [refTo(answerName('openai.models')), refTo('AnthropicModelPage')] }),
          ...errorResponses(['invalid_request'], false, 'protocol'),
        },
      },
    },
    '/v1/models/{id}': {
      get: {
        ...openAi,
        operationId: 'openai.model',
        summary: 'One of them; the id may hold slashes',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' }, example: 'stub' }],
        responses: {
          ...goodResponse({ anyOf: [refTo(answerName('openai.model')), refTo('AnthropicModel')] }),
          ...errorResponses(
            ['unknown_model', 'unknown_provider', 'unknown_module', 'ambiguous_model'],
            false,
            'protocol',
          ),
        },
      },
    },
    ...protocolPaths(),
    '/hooks/{token}/xunity': {
      get: {
        tags: ['Translation'],
        operationId: 'hook.xunity',
        summary: "One line of a running game, as XUnity.AutoTranslator's CustomTranslate asks for it",
        parameters: [
          { name: 'token', in: 'path', required: true, schema: { type: 'string' } },
          ...['from', 'to', 'text'].map((name) => ({
            name,
            in: 'query',
            required: name === 'text',
            schema: { type: 'string' },
          })),
        ],
        responses: {
          ...text('text/plain', 'The translation'),
          ...errorResponses(['invalid_request', 'not_found', ...callErrors], false),
        },
      },
    },
    ...translationPaths(),
    '/openapi.json': {
      get: {
        ...server,
        operationId: 'openapi',
        summary: 'This description',
        responses: { ...goodResponse({ type: 'object' }), ...errorResponses([], false) },
      },
    },
    '/metrics': {
      get: {
        ...server,
        operationId: 'metrics',
        summary: "Counters since the start in Prometheus' text format",
        responses: { ...text('text/plain', 'The counters'), ...errorResponses([], false) },
      },
    },
    '/docs': {
      get: {
        ...server,
        operationId: 'docs',
        summary: 'This description as a page that needs no network',
        responses: { ...text('text/html', 'The page'), ...errorResponses([], false) },
      },
    },
  };
}
