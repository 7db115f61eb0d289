import type { Adapter } from '../define.ts';
import { num } from '../shared/read.ts';
import type { Dialect } from './dialect.ts';
import { lmStudioDialect, openAiDialect, openRouterDialect } from './dialects.ts';
import { toError } from './errors.ts';
import { toRequest } from './request.ts';
import { fromResponse } from './response.ts';
import { fromStreamEvent, newStream, type StreamState } from './stream.ts';

/** OpenAI's chat completions as a pure adapter, in the dialect of one kind of server. */
export function openAiWire(dialect: Dialect): Adapter<StreamState> {
  return {
    wire: dialect.wire,
    framing: 'sse',
    capabilities: {
      structuredOutput: dialect.structuredOutput({}),
      tools: true,
      images: true,
      stream: true,
    },
    auth: dialect.auth,
    modelList: dialect.modelList,
    maxTokensIn: (body) => largest([num(body.max_completion_tokens), num(body.max_tokens)]),
    toRequest: (chat, target) => toRequest(dialect, chat, target),
    fromResponse: (json) => fromResponse(dialect, json),
    newStream,
    fromStreamEvent: (event, state) => fromStreamEvent(dialect, event, state),
    toError,
  };
}

/** The upper bound where a request says both, as a compatible server may take either. */
function largest(values: (number | undefined)[]): number | undefined {
  const said = values.filter((value) => value !== undefined);
  return said.length > 0 ? Math.max(...said) : undefined;
}

export const openAiChat = openAiWire(openAiDialect);
export const openRouter = openAiWire(openRouterDialect);
export const lmStudio = openAiWire(lmStudioDialect);
