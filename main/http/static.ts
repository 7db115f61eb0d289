import { readFileSync } from 'node:fs';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import { panelCsp, type Shell } from '../core/app/panel-page.ts';
import { commonHeaders } from './answer.ts';
import { contextOf, type Env } from './http-context.ts';

/** Serves the panel's files; hashed ones may be kept for good. */
export function serveShell(app: Hono<Env>, shell: Shell): void {
  for (const [path, { file, type }] of shell) {
    app.get(path, (c) => {
      const bytes = readFileSync(file);
      const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
      const headers = {
        ...commonHeaders,
        'content-security-policy': panelCsp,
        'content-type': type,
        'cache-control': cache,
      };
      const { incoming, outgoing } = c.env;
      const { requestId } = contextOf(incoming, outgoing);
      outgoing.writeHead(200, { ...headers, 'content-length': bytes.length, 'x-request-id': requestId });
      outgoing.end(bytes);
      return RESPONSE_ALREADY_SENT;
    });
  }
}
