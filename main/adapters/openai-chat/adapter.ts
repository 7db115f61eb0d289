import type { Adapter } from '../define.ts';
import type { Dialect } from './dialect.ts';
import { lmStudioDialect, openAiDialect, openRouterDialect } from './dialects.ts';
import { billing } from './billing.ts';
import { toError } from './errors.ts';
import { toRequest } from './request.ts';
import { fromResponse } from './response.ts';
import { fromStreamEvent, newStream, type StreamState } from './stream.ts';

/** OpenAI's chat completions as a pure adapter, in one server's dialect. */
export function openAiProtocol(dialect: Dialect): Adapter<StreamState> {
  return {
    protocol: dialect.protocol,
    framing: 'sse',
    capabilities: {
      structuredOutput: dialect.structuredOutput({}),
      tools: true,
      images: true,
      stream: true,
    },
    auth: dialect.auth,
    modelList: dialect.modelList,
    billing,
    toRequest: (chat, target) => toRequest(dialect, chat, target),
    fromResponse: (json) => fromResponse(dialect, json),
    newStream,
    fromStreamEvent: (event, state) => fromStreamEvent(dialect, event, state),
    toError,
  };
}

export const openAiChat = openAiProtocol(openAiDialect);
export const openRouter = openAiProtocol(openRouterDialect);
export const lmStudio = openAiProtocol(lmStudioDialect);
