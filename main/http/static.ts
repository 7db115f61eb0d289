import { readFileSync } from 'node:fs';
import { panelCsp, type Shell } from '../core/app/panel-page.ts';
import { answerBytes } from './answer.ts';
import type { HttpRoute } from './http-call.ts';

/** The panel's files; hashed ones may be kept for good. */
export function shellRoutes(shell: Shell): HttpRoute[] {
  return [...shell].map(([path, { file, type }]) => {
    const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    const headers = { 'content-security-policy': panelCsp, 'content-type': type, 'cache-control': cache };
    return {
      method: 'GET',
      path,
      serve: ({ outgoing, context: { requestId } }) =>
        answerBytes(outgoing, readFileSync(file), { status: 200, requestId, headers }),
    };
  });
}
