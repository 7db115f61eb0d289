import type { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import type { Core } from '../../core/app/services.ts';
import { answerBytes } from '../answer.ts';
import { contextOf, type Env } from '../http-context.ts';
import type { documentPaths } from '../routes.ts';

interface Documents {
  json: Buffer;
  page: Buffer;
  csp: string;
}

async function makeDocuments(version: string): Promise<Documents> {
  const [{ openApiDocument }, { docsPage, docsCsp }] = await Promise.all([
    import('./document.ts'),
    import('./docs-page.ts'),
  ]);
  const document = openApiDocument(version);
  return { json: Buffer.from(JSON.stringify(document)), page: Buffer.from(docsPage(document)), csp: docsCsp };
}

/** `/openapi.json` and `/docs`, made when first asked for. */
export function addDocuments(app: Hono<Env>, core: Core): void {
  let made: Promise<Documents> | undefined;
  const documents = () => (made ??= makeDocuments(core.server.health().version));
  const respond = (
    path: (typeof documentPaths)[number],
    write: (of: Documents, response: ServerResponse, id: string) => void,
  ) =>
    app.get(path, async (c) => {
      const { incoming, outgoing } = c.env;
      write(await documents(), outgoing, contextOf(incoming, outgoing).requestId);
      return RESPONSE_ALREADY_SENT;
    });
  respond('/openapi.json', ({ json }, response, id) => answerBytes(response, 200, json, id));
  respond('/docs', ({ page, csp }, response, id) => {
    answerBytes(response, 200, page, id, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': csp,
    });
  });
}
