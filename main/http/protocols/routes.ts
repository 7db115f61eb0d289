import type { ReplyMeta } from '../../protocols/define.ts';
import { chatShape, generateShape, loadBody, type PieceShape } from '../../protocols/ollama/reply.ts';
import type { OllamaWanted } from '../../protocols/ollama/wanted.ts';
import { chatProtocols as protocols } from '../../protocols/protocols.ts';
import type { Serve } from '../http-call.ts';
import { chatCompletions } from '../openai/chat-completions.ts';
import { countTokens } from './count-tokens.ts';
import { createEmbeddings, ollamaEmbed, ollamaOldEmbed } from './embeddings.ts';
import { geminiMethods } from './gemini.ts';
import {
  geminiModel,
  geminiModels,
  ollamaPs,
  ollamaShow,
  ollamaTags,
  ollamaVersion,
  openAiModels,
  tabbyModel,
  v1Model,
  v1Models,
} from './model-lists.ts';
import { chatServer } from './serve-chat.ts';

/** One route of another provider's protocol. */
export interface ProtocolRoute {
  method: 'GET' | 'POST';
  /** Hono's path syntax. */
  path: string;
  serve: Serve;
  /** True if it answers with a chat, whose call is logged separately. */
  isChat?: true;
}

const chat = (path: string, serve: Serve): ProtocolRoute => ({ method: 'POST', path, serve, isChat: true });
const get = (path: string, serve: Serve): ProtocolRoute => ({ method: 'GET', path, serve });
const post = (path: string, serve: Serve): ProtocolRoute => ({ method: 'POST', path, serve });

/**
 * A request without a prompt loads or unloads a model in Ollama. Here nothing is loaded, so no provider is
 * called.
 */
const load = (shape: PieceShape) => (meta: ReplyMeta<OllamaWanted>) =>
  meta.wanted.load ? loadBody(meta, shape) : null;

/** The routes that third-party programs call, one per line. */
export const protocolRoutes: readonly ProtocolRoute[] = [
  chat('/v1/chat/completions', chatCompletions),
  chat('/v1/responses', chatServer(protocols.openAiResponses)),
  chat('/v1/completions', chatServer(protocols.openAiCompletions)),
  chat('/v1/messages', chatServer(protocols.anthropicMessages, { callerProtocol: 'anthropic' })),
  post('/v1/messages/count_tokens', countTokens),
  post('/v1/embeddings', createEmbeddings),
  get('/v1/models', v1Models),
  get('/v1/model/list', openAiModels),
  get('/v1/model', tabbyModel),
  get('/v1/models/:id{.+}', v1Model),
  chat('/api/chat', chatServer(protocols.ollamaChat, { early: load(chatShape) })),
  chat('/api/generate', chatServer(protocols.ollamaGenerate, { early: load(generateShape) })),
  post('/api/embed', ollamaEmbed),
  post('/api/embeddings', ollamaOldEmbed),
  post('/api/show', ollamaShow),
  get('/api/tags', ollamaTags),
  get('/api/ps', ollamaPs),
  get('/api/version', ollamaVersion),
  chat('/v1beta/models/:target{.+}', geminiMethods),
  get('/v1beta/models', geminiModels),
  get('/v1beta/models/:target{.+}', geminiModel),
];

const chatPaths: ReadonlySet<string | undefined> = new Set([
  '/api/llm/chat',
  ...protocolRoutes.filter(({ isChat }) => isChat).map(({ path }) => path),
]);

/** True for a route that answers with a chat, whose call is logged separately. */
export const isChatRoute = (path: string | undefined) => chatPaths.has(path);
