import { anthropicMessages } from './anthropic-messages/protocol.ts';
import { geminiGenerate } from './gemini-generate/protocol.ts';
import { ollamaChat, ollamaGenerate } from './ollama/protocol.ts';
import { openAiCompletions } from './openai-completions/protocol.ts';
import { openAiResponses } from './openai-responses/protocol.ts';

/** The chat protocols. Embeddings are separate. */
export const chatProtocols = {
  openAiResponses,
  openAiCompletions,
  anthropicMessages,
  ollamaChat,
  ollamaGenerate,
  geminiGenerate,
};
