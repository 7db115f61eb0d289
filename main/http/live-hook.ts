import { AppError } from '../core/lib/app-error.ts';
import { answerBytes, answerError, answerThrown } from './answer.ts';
import type { Serve } from './http-call.ts';

export const hookPath = '/hooks/:token/xunity';

/**
 * `GET /hooks/{token}/xunity?from=&to=&text=`: XUnity.AutoTranslator's CustomTranslate, answered as plain
 * text. The token in the path replaces the server's token; wrong ones are counted separately. An error is
 * only a status, because the game would show the text of an answer.
 */
export const serveHook: Serve = async (call) => {
  const { core, context, hookLockout, incoming, outgoing, params, query } = call;
  const address = incoming.socket.remoteAddress ?? '';
  const operation = 'hook.translate';
  // No game plugin sends these headers; a browser page that knows the address would.
  const fromBrowser = Object.keys(incoming.headers).some(
    (name) => name === 'origin' || name.startsWith('sec-fetch-'),
  );
  if (fromBrowser)
    return answerThrown(
      call,
      new AppError('forbidden_origin', 'pages may not call the live hook'),
      operation,
    );
  if (hookLockout.isLocked(address)) {
    const message = 'too many wrong tokens from this address: wait a minute';
    return answerThrown(call, new AppError('too_many_attempts', message), operation);
  }
  const { from, to, text } = query;
  const input = {
    token: params['token'] ?? '',
    from: from || undefined,
    to: to || undefined,
    text: text ?? '',
  };
  const envelope = await core.dispatcher.dispatch(operation, input, context);
  if (!envelope.ok) {
    if (envelope.error.code === 'token_required') hookLockout.failed(address);
    return answerError(call, envelope.error);
  }
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  const bytes = Buffer.from(envelope.data.text);
  answerBytes(outgoing, bytes, { status: 200, requestId: context.requestId, headers });
};

/** A path for logs, without the live hook's token. */
export const loggedPath = (path: string) => path.replace(/^\/hooks\/[^/]*/, '/hooks/••••');
