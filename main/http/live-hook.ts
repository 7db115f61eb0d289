import { AppError } from '../core/lib/app-error.ts';
import { answerBytes, answerError, answerThrown } from './answer.ts';
import type { Serve } from './http-call.ts';

export const hookPath = '/hooks/:token/xunity';

/**
 * `GET /hooks/{token}/xunity?from=&to=&text=`: XUnity.AutoTranslator's CustomTranslate, plain text back. Its token in the
 * path stands in for the server's; wrong ones are counted apart from it. An error is a status: the game shows its own text.
 */
export const serveHook: Serve = async (call) => {
  const { core, context, hookLockout, incoming, outgoing, params, query } = call;
  const address = incoming.socket.remoteAddress ?? '';
  const operation = 'hook.translate';
  // No game's plugin sends these; a page in a browser that knows the address would.
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

/** A path as logs may have it: the token of the live hook is left out. */
export const loggedPath = (path: string) => path.replace(/^\/hooks\/[^/]*/, '/hooks/••••');
