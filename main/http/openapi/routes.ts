import type { Hono } from 'hono';
import type { Core } from '../../core/app/services.ts';
import { answerBytes } from '../answer.ts';
import { served, type Env, type HttpServices } from '../http-call.ts';

interface Documents {
  json: Buffer;
  page: Buffer;
  csp: string;
}

async function makeDocuments({ server }: Core): Promise<Documents> {
  const [{ openApiDocument }, { docsPage, docsCsp }] = await Promise.all([
    import('./document.ts'),
    import('./docs-page.ts'),
  ]);
  const document = openApiDocument(server.health().version);
  return { json: Buffer.from(JSON.stringify(document)), page: Buffer.from(docsPage(document)), csp: docsCsp };
}

/** `/openapi.json` and `/docs`, made when first asked for. */
export function addDocuments(app: Hono<Env>, services: HttpServices): void {
  let made: Promise<Documents> | undefined;
  const documents = () => (made ??= makeDocuments(services.core));
  app.get(
    '/openapi.json',
    served(services, async ({ outgoing, context: { requestId } }) => {
      answerBytes(outgoing, (await documents()).json, { status: 200, requestId });
    }),
  );
  app.get(
    '/docs',
    served(services, async ({ outgoing, context: { requestId } }) => {
      const { page, csp } = await documents();
      const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': csp };
      answerBytes(outgoing, page, { status: 200, requestId, headers });
    }),
  );
}
