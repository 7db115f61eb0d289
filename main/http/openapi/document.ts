import { z } from 'zod';
import { operations, type OperationName } from '../../../contract/operations/table.ts';
import { routes, type Route } from '../routes.ts';
import { fixedPaths } from './fixed-paths.ts';
import { chatEvents, errorResponses, goodResponse, textResponse } from './responses.ts';
import { routeDocs, type RouteDoc } from './route-docs.ts';
import {
  answerName,
  componentSchemas,
  refTo,
  requestName,
  type Needed,
  type SchemaObject,
} from './schemas.ts';

const paramsIn = (path: string) => [...path.matchAll(/:(\w+)/g)].flatMap(([, name]) => name ?? []);
const docOf = (route: Route): RouteDoc =>
  routeDocs[`${route.method} ${route.path}`] ?? { tag: 'Other', summary: route.operation };

/** A route's path in OpenAPI's syntax. */
export const openApiPath = (path: string) => path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}');

function parametersOf(route: Route, doc: RouteDoc): SchemaObject[] {
  const inPath = paramsIn(route.path);
  const path = inPath.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
    ...(doc.params?.[name] ? { example: doc.params[name] } : {}),
  }));
  if (route.method !== 'GET') return path;
  const { properties = {} } = z.toJSONSchema(operations[route.operation].input, {
    io: 'input',
    unrepresentable: 'any',
  });
  const query = Object.entries(properties)
    .filter(([name]) => !inPath.includes(name))
    .map(([name, schema]) => ({
      name,
      in: 'query',
      schema,
      ...(doc.query?.[name] ? { description: doc.query[name] } : {}),
    }));
  return [...path, ...query];
}

function requestBodyOf(route: Route, doc: RouteDoc, schemas: Record<string, SchemaObject>): SchemaObject {
  if (route.method !== 'POST') return {};
  const own = refTo(requestName(route.operation));
  const schema = route.instead ? { anyOf: [own, refTo('SceneChatRequest')] } : own;
  const required = (schemas[requestName(route.operation)]?.['required'] as unknown[] | undefined)?.length;
  const examples = Object.entries(doc.examples ?? {}).map(([name, value]) => [name, { value }] as const);
  return {
    requestBody: {
      required: Boolean(required),
      content: {
        'application/json': {
          schema,
          ...(examples.length ? { examples: Object.fromEntries(examples) } : {}),
        },
      },
    },
  };
}

/** A route's answer schema: its own operation's, or that of the operation for another form of the body. */
function answerOf(operation: OperationName, other: OperationName | null): SchemaObject {
  const own = refTo(answerName(operation));
  return other ? { anyOf: [own, refTo(answerName(other))] } : own;
}

function operationOf(route: Route, schemas: Record<string, SchemaObject>): SchemaObject {
  const doc = docOf(route);
  const parameters = parametersOf(route, doc);
  const other = route.instead ? ('packs.run' as const) : null;
  const streamed = route.streamed && {
    ...chatEvents,
    done: answerOf(route.streamed, other && 'packs.stream'),
  };
  return {
    tags: [doc.tag],
    operationId: route.operation,
    summary: doc.summary,
    ...(parameters.length ? { parameters } : {}),
    ...requestBodyOf(route, doc, schemas),
    responses: {
      ...(route.plainText === undefined
        ? goodResponse(answerOf(route.operation, other), streamed)
        : textResponse(route.plainText)),
      ...errorResponses(doc.errors ?? [], route.method === 'POST'),
    },
    ...(route.path === '/health' ? { security: [] } : {}),
  };
}

const description = `The localhost API of the ComfyVN LLM Panel. JSON in, JSON out; a POST without a body counts as {}.
Good answers have "ok": true, errors the envelope Error (OpenAI's shape under /v1). Unknown top-level fields of a body
are an error that names the nearest known one. Where COMFYVN_LLM_TOKEN is set, every route but /health asks for it.`;

/** The API as OpenAPI 3.1, generated from the route table and the operations' schemas. */
export function openApiDocument(version: string): SchemaObject {
  const needed: Needed[] = [...routes].flatMap(({ method, path, operation, streamed, plainText }) => [
    ...(plainText === undefined ? [{ operation, body: method === 'POST' ? paramsIn(path) : null }] : []),
    ...(streamed ? [{ operation: streamed, body: null }] : []),
  ]);
  const schemas = componentSchemas([
    ...needed,
    { operation: 'openai.models', body: null },
    { operation: 'openai.model', body: null },
  ]);
  const paths: Record<string, SchemaObject> = {};
  for (const route of routes) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'ComfyVN LLM Panel', version, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/', description: 'This server' }],
    security: [{}, { token: [] }],
    paths: { ...paths, ...fixedPaths() },
    components: {
      schemas,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'COMFYVN_LLM_TOKEN, where it is set' },
      },
    },
  };
}
