import type { Protocol } from '../define.ts';
import { openAiError } from '../shared/openai-error.ts';
import { responsesFields } from './fields.ts';
import { fromAnswer } from './response-body.ts';
import { ResponsesStream } from './stream.ts';
import { toChat } from './to-chat.ts';
import type { ResponsesWanted } from './wanted.ts';

/** OpenAI's Responses API, stateless. No provider is called with it, so no reply is passed through. */
export const openAiResponses: Protocol<ResponsesWanted> = {
  name: 'openai-responses',
  routes: ['/v1/responses'],
  showsRefusals: true,
  fields: responsesFields,
  toChat,
  framing: () => 'sse',
  fromAnswer,
  newStream: (meta) => new ResponsesStream(meta),
  toError: openAiError,
};
