import { str } from '../shared/read.ts';
import type { Dialect } from './dialect.ts';
import { modelList } from './model-list.ts';

/** OpenAI's own API, and the default for every server with its protocol. */
export const openAiDialect: Dialect = {
  protocol: 'openai-chat',
  auth: { header: 'authorization', prefix: 'Bearer ' },
  modelList,
  endpoint: () => ({ path: '/chat/completions', query: {} }),
  headers: () => ({}),
  modelInBody: (target) => target.model,
  structuredOutput: () => 'json_schema',
  // Some servers refuse unknown fields: `settings.stream_usage: false` omits it.
  asksUsage: (settings) => settings.stream_usage !== false,
  jsonObject: true,
  namedToolChoice: true,
  developerRole: () => true,
  tellsCost: false,
};

/**
 * OpenRouter takes the calling app's name in headers (openrouter.ai/docs/app-attribution) and reports the
 * real cost.
 */
export const openRouterDialect: Dialect = {
  ...openAiDialect,
  headers: (settings) => {
    const referer = str(settings.http_referer);
    const title = str(settings.x_title);
    return {
      ...(referer ? { 'HTTP-Referer': referer } : {}),
      ...(title ? { 'X-Title': title, 'X-OpenRouter-Title': title } : {}),
    };
  },
  tellsCost: true,
};

/** LM Studio answers 400 to all three (lmstudio-bug-tracker issues 189, 669 and 670). */
export const lmStudioDialect: Dialect = {
  ...openAiDialect,
  jsonObject: false,
  namedToolChoice: false,
  developerRole: () => false,
};
