import type { Core } from '../../core/app/services.ts';
import { answerBytes } from '../answer.ts';
import type { HttpRoute, Serve } from '../http-call.ts';

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

/** Created on first request. */
let cachedDocuments: Promise<Documents> | undefined;
const documents = (core: Core) => (cachedDocuments ??= makeDocuments(core));

const openApi: Serve = async ({ core, outgoing, context: { requestId } }) => {
  answerBytes(outgoing, (await documents(core)).json, { status: 200, requestId });
};

const docs: Serve = async ({ core, outgoing, context: { requestId } }) => {
  const { page, csp } = await documents(core);
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': csp };
  answerBytes(outgoing, page, { status: 200, requestId, headers });
};

/** The API's description, for programs and for people. */
export const documentRoutes: readonly HttpRoute[] = [
  { method: 'GET', path: '/openapi.json', serve: openApi },
  { method: 'GET', path: '/docs', serve: docs },
];
