import { readFileSync } from 'node:fs';
import type { Hono } from 'hono';
import { panelCsp, type Shell } from '../core/app/panel-page.ts';
import { answerBytes } from './answer.ts';
import { served, type Env, type HttpServices } from './http-call.ts';

/** Serves the panel's files; hashed ones may be kept for good. */
export function serveShell(app: Hono<Env>, services: HttpServices, shell: Shell): void {
  for (const [path, { file, type }] of shell) {
    const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    app.get(
      path,
      served(services, ({ outgoing, context: { requestId } }) => {
        const headers = {
          'content-security-policy': panelCsp,
          'content-type': type,
          'cache-control': cache,
        };
        answerBytes(outgoing, readFileSync(file), { status: 200, requestId, headers });
      }),
    );
  }
}
