import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { isObject, type JsonObject } from '../../core/lib/json.ts';
import { testServer, type TestServer } from '../__fixtures__/test-server.ts';
import { routes } from '../routes.ts';
import { openApiDocument, openApiPath } from './document.ts';
import { routeDocs } from './route-docs.ts';

type Operation = {
  requestBody?: {
    content: Record<string, { schema: JsonObject; examples?: Record<string, { value: unknown }> }>;
  };
  parameters?: { name: string; in: string; example?: string }[];
  operationId: string;
  responses: Record<string, unknown>;
};
type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonObject> };
};

let document: Document;
beforeAll(() => void (document = openApiDocument('1.2.3') as Document));

const operationsOf = (of: Document) =>
  Object.entries(of.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

function* nodes(value: unknown): Generator<JsonObject> {
  if (Array.isArray(value)) for (const item of value) yield* nodes(item);
  if (!isObject(value)) return;
  yield value;
  for (const inner of Object.values(value)) yield* nodes(inner);
}

function exampleUrl(path: string, operation: Operation): string {
  return path.replace(
    /\{(\w+)\}/g,
    (_all, name: string) => operation.parameters?.find((p) => p.name === name)?.example ?? 'none',
  );
}

describe('openapi.json', () => {
  it('has every route, each with its own summary', () => {
    for (const route of routes) {
      expect(document.paths[openApiPath(route.path)]?.[route.method.toLowerCase()]?.operationId).toBe(
        route.operation,
      );
      expect(routeDocs, `${route.method} ${route.path}`).toHaveProperty([`${route.method} ${route.path}`]);
    }
  });

  it('has no reference to a missing part, and no unused part', () => {
    const refs = [...nodes(document)].flatMap((node) =>
      typeof node['$ref'] === 'string' ? [node['$ref']] : [],
    );
    const named = new Set(refs.map((ref) => ref.replace('#/components/schemas/', '')));
    for (const name of named) expect(document.components.schemas).toHaveProperty([name]);
    expect(Object.keys(document.components.schemas).filter((name) => !named.has(name))).toEqual([]);
  });

  it('has schemas that are valid in JSON Schema 2020-12', () => {
    const ajv = new Ajv2020({
      strict: true,
      strictTypes: false,
      strictRequired: false,
      validateFormats: false,
    });
    for (const name of ['x-events', 'components', 'paths', 'openapi', 'info', 'servers', 'security'])
      ajv.addKeyword(name);
    ajv.addSchema(document, 'api');
    for (const name of Object.keys(document.components.schemas))
      expect(ajv.getSchema(`api#/components/schemas/${name}`), name).toBeTypeOf('function');
  });

  it('has a unique id for each operation, and a definition for each path parameter', () => {
    const ids = operationsOf(document).map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operationsOf(document)) {
      const inPath = (operation.parameters ?? []).filter((p) => p.in === 'path').map((p) => p.name);
      expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
  });
});

describe('each example of openapi.json', () => {
  async function tried(transport: TestServer) {
    const replies: [string, number][] = [];
    for (const { path, method, operation } of operationsOf(document)) {
      const url = exampleUrl(path, operation);
      const content = operation.requestBody?.content['application/json'];
      const bodies = content
        ? Object.entries(content.examples ?? {})
        : [['none', { value: undefined }] as const];
      for (const [name, { value }] of bodies) {
        if (url.includes('none')) continue;
        const reply = await transport.send({ method: method.toUpperCase(), path: url, body: value });
        replies.push([`${method} ${url} ${name}`, reply.status]);
      }
    }
    return replies;
  }

  it('works unchanged', async () => {
    const replies = await tried(await testServer());
    expect(replies.filter(([, status]) => status !== 200)).toEqual([]);
    expect(replies.length).toBeGreaterThan(25);
  });
});

describe('/docs', () => {
  it('needs no network, and its policy allows only its own style', async () => {
    const transport = await testServer();
    const { status, headers, text } = await transport.send({ path: '/docs' });
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('text/html');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(text).not.toMatch(/<script|<link|<img|@import|url\(|style=/);
    for (const { path } of routes) expect(text).toContain(openApiPath(path));
  });

  it('has a target for each of its links', async () => {
    const { text } = await (await testServer()).send({ path: '/docs' });
    const targets = new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !targets.has(id))).toEqual([]);
  });
});
