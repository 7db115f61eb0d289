import type { CallableModel } from '../../../contract/operations/openai.ts';
import { modelBody, modelsBody } from '../../protocols/gemini-generate/model-list.ts';
import { psBody, shownModel, showBody, tagsBody, versionBody } from '../../protocols/ollama/model-bodies.ts';
import { answerError, answerReplyJson, answerThrown } from '../answer.ts';
import type { HttpCall, Serve } from '../http-call.ts';
import { readInput } from '../read-input.ts';

/** Runs one query of the core; its data as `body` puts it. */
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

/** `GET /v1/models` */
export const openAiModels: Serve = async (call) => {
  const envelope = await call.core.dispatcher.dispatch('openai.models', {}, call.context);
  if (envelope.ok) answerReplyJson(call, envelope.data);
  else answerError(call, envelope.error);
};

/** `GET /v1/models/{id}` */
export const openAiModel: Serve = async (call) => {
  const input = { id: call.params['id'] ?? '' };
  const envelope = await call.core.dispatcher.dispatch('openai.model', input, call.context);
  if (envelope.ok) answerReplyJson(call, envelope.data);
  else answerError(call, envelope.error);
};

/** `GET /api/tags` */
export const ollamaTags = listServer((models) => tagsBody(models));

/** `GET /api/ps`: nothing is loaded here, and what a provider has loaded nobody tells. */
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
