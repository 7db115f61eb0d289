import type { Protocol } from '../define.ts';
import { toError } from './errors.ts';
import { messagesFields } from './fields.ts';
import { fromAnswer } from './message-body.ts';
import { MessagesStream } from './stream.ts';
import { toChat } from './to-chat.ts';

/** Anthropic's Messages API. The `anthropic-version` header is optional. */
export const anthropicMessages: Protocol = {
  name: 'anthropic-messages',
  routes: ['/v1/messages'],
  showsRefusals: true,
  fields: messagesFields,
  toChat,
  framing: () => 'sse',
  fromAnswer,
  newStream: (meta) => new MessagesStream(meta),
  toError,
};
