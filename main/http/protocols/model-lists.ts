import type { ErrorInfo } from '../../../contract/errors.ts';
import type { CallableModel } from '../../../contract/operations/openai.ts';
import { toError as anthropicError } from '../../protocols/anthropic-messages/errors.ts';
import * as anthropic from '../../protocols/anthropic-messages/model-list.ts';
import { modelBody, modelsBody } from '../../protocols/gemini-generate/model-list.ts';
import { psBody, shownModel, showBody, tagsBody, versionBody } from '../../protocols/ollama/model-bodies.ts';
import { answerError, answerJson, answerReplyJson, answerThrown, reasonPhrase } from '../answer.ts';
import type { HttpCall, Serve } from '../http-call.ts';
import { readInput } from '../read-input.ts';
import { errorInfoOf } from './incoming-chat.ts';

/** Runs one query of the core and formats its data with `body`. */
function listServer(body: (models: CallableModel[]) => unknown): Serve {
  return async (call) => {
    const { core, context } = call;
    const envelope = await core.dispatcher.dispatch('models.callable', {}, context);
    if (!envelope.ok) return answerError(call, envelope.error);
    answerReplyJson(call, body(envelope.data.models));
  };
}

async function oneModel(call: HttpCall, id: string, body: (model: CallableModel) => unknown): Promise<void> {
  const envelope = await call.core.dispatcher.dispatch('models.callableOne', { id }, call.context);
  if (!envelope.ok) return answerError(call, envelope.error);
  answerReplyJson(call, body(envelope.data.model));
}

/** Anthropic's clients send this header with every request; no other client does. */
const isFromAnthropicClient = ({ incoming }: HttpCall) => incoming.headers['anthropic-version'] !== undefined;

function answerAnthropicError(call: HttpCall, info: ErrorInfo): void {
  const { status, body, headers } = anthropicError(info);
  const { requestId } = call.context;
  answerJson(call.outgoing, body, { status, requestId, headers, reason: reasonPhrase(info.message) });
}

async function anthropicModels(call: HttpCall): Promise<void> {
  const { core, context, query } = call;
  const envelope = await core.dispatcher.dispatch('models.callable', {}, context);
  if (!envelope.ok) return answerAnthropicError(call, envelope.error);
  try {
    answerReplyJson(call, anthropic.modelsBody(envelope.data.models, query));
  } catch (error) {
    answerAnthropicError(call, errorInfoOf(call, error, 'models.callable'));
  }
}

async function anthropicModel(call: HttpCall, id: string): Promise<void> {
  const envelope = await call.core.dispatcher.dispatch('models.callableOne', { id }, call.context);
  if (!envelope.ok) return answerAnthropicError(call, envelope.error);
  answerReplyJson(call, anthropic.modelBody(envelope.data.model));
}

async function openAiModelOf(call: HttpCall, id: string): Promise<void> {
  const envelope = await call.core.dispatcher.dispatch('openai.model', { id }, call.context);
  if (envelope.ok) answerReplyJson(call, envelope.data);
  else answerError(call, envelope.error);
}

/** `GET /v1/model/list`, as in TabbyAPI. */
export const openAiModels: Serve = async (call) => {
  const envelope = await call.core.dispatcher.dispatch('openai.models', {}, call.context);
  if (envelope.ok) answerReplyJson(call, envelope.data);
  else answerError(call, envelope.error);
};

/** `GET /v1/models`, in OpenAI's or Anthropic's format, depending on the client. */
export const v1Models: Serve = (call) =>
  isFromAnthropicClient(call) ? anthropicModels(call) : openAiModels(call);

/** `GET /v1/models/{id}` */
export const v1Model: Serve = (call) => {
  const id = call.params['id'] ?? '';
  return isFromAnthropicClient(call) ? anthropicModel(call, id) : openAiModelOf(call, id);
};

/**
 * `GET /v1/model`: in TabbyAPI, the loaded model. Here no model is loaded, so the module for chats is
 * returned.
 */
export const tabbyModel: Serve = (call) => openAiModelOf(call, 'module:vn_chat');

/** `GET /api/tags` */
export const ollamaTags = listServer((models) => tagsBody(models));

/** `GET /api/ps`: no models are loaded here, and providers do not report theirs. */
export const ollamaPs: Serve = (call) => answerReplyJson(call, psBody());

/** `GET /api/version` */
export const ollamaVersion: Serve = (call) => answerReplyJson(call, versionBody());

/** `POST /api/show` */
export const ollamaShow: Serve = async (call) => {
  try {
    const id = shownModel(await readInput(call.incoming));
    await oneModel(call, id, showBody);
  } catch (error) {
    answerThrown(call, error, 'models.callableOne');
  }
};

/** `GET /v1beta/models` */
export const geminiModels = listServer(modelsBody);

/** `GET /v1beta/models/{id}` */
export const geminiModel: Serve = (call) => oneModel(call, call.params['target'] ?? '', modelBody);
