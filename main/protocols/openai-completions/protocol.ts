import type { Protocol } from '../define.ts';
import { openAiError } from '../shared/openai-error.ts';
import { fromAnswer } from './completion-body.ts';
import { completionsFields } from './fields.ts';
import { CompletionsStream } from './stream.ts';
import { toChat, type CompletionsWanted } from './to-chat.ts';

/** OpenAI's older text completions, for front ends that build the prompt themselves. */
export const openAiCompletions: Protocol<CompletionsWanted> = {
  name: 'openai-completions',
  routes: ['/v1/completions'],
  showsRefusals: true,
  fields: completionsFields,
  toChat,
  framing: () => 'sse',
  fromAnswer,
  newStream: (meta) => new CompletionsStream(meta),
  toError: openAiError,
};
