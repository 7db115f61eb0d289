import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, Hono } from 'hono';
import type { OperationInput, OperationName } from '../../../contract/operations/table.ts';
import type { Core } from '../../core/app/services.ts';
import { answerJson } from '../answer.ts';
import { contextOf, type Env } from '../http-context.ts';
import { chatCompletions } from './chat-completions.ts';
import { answerOpenAiError } from './error.ts';

async function answerList<N extends OperationName>(
  core: Core,
  c: Context<Env>,
  name: N,
  input: OperationInput<N>,
): Promise<Response> {
  const { incoming, outgoing } = c.env;
  const context = contextOf(incoming, outgoing);
  const envelope = await core.dispatcher.dispatch(name, input, context);
  if (envelope.ok) answerJson(outgoing, 200, envelope.data, context.requestId);
  else answerOpenAiError(outgoing, envelope.error);
  return RESPONSE_ALREADY_SENT;
}

/** OpenAI's wire, for any client that speaks it. The client's own key is not read: the guard knows whether one is needed. */
export function addOpenAi(app: Hono<Env>, core: Core): void {
  app.post('/v1/chat/completions', async (c) => {
    await chatCompletions(core, c.env.incoming, c.env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
  app.get('/v1/models', (c) => answerList(core, c, 'openai.models', {}));
  app.get('/v1/models/:id{.+}', (c) => answerList(core, c, 'openai.model', { id: c.req.param('id') }));
}
