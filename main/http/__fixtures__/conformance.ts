import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import type { AtEnd } from '../../core/__fixtures__/test-core.ts';
import { isForeignPath } from '../error-shapes.ts';
import { openApiDocument } from '../openapi/document.ts';
import { routedPath } from '../request-handler.ts';

/** A schema in the document, or one of several. */
type Described = { $ref?: string; anyOf?: { $ref: string }[] };
type Content = Record<string, { schema?: Described; 'x-events'?: Record<string, Described> }>;
type Operation = { responses: Record<string, { content?: Content }> };
type Finding = string | null;

interface Checker {
  operationFor(method: string, path: string): Operation | undefined;
  /** Validates a value against a schema in the document. */
  problem(ref: string, value: unknown): Finding;
}

function makeChecker(): Checker {
  const document = openApiDocument('0') as { paths: Record<string, Record<string, Operation>> };
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, 'api');
  const paths = Object.entries(document.paths).map(([path, methods]) => {
    const pattern = path
      .replace(/[.]/g, '\\.')
      .replace(/\{(id|target)\}$/, path.startsWith('/v1') ? '.+' : '[^/]+');
    return [new RegExp(`^${pattern.replace(/\{\w+\}/g, '[^/]+')}$`), methods] as const;
  });
  return {
    operationFor: (method, path) => paths.find(([pattern]) => pattern.test(path))?.[1][method.toLowerCase()],
    problem(ref, value) {
      const validate = ajv.getSchema(`api${ref}`);
      if (!validate) return `${ref} is no schema`;
      return validate(value) ? null : `${ref}: ${ajv.errorsText(validate.errors?.slice(0, 5))}`;
    },
  };
}

let sharedChecker: Checker | undefined;
const checker = () => (sharedChecker ??= makeChecker());

/** What is wrong with a value; null if one of the schemas accepts it. */
function valueProblem({ $ref, anyOf }: Described, value: unknown): Finding {
  const refs = $ref ? [$ref] : (anyOf ?? []).map((one) => one.$ref);
  const problems = refs.map((ref) => checker().problem(ref, value));
  return problems.includes(null) ? null : (problems[0] ?? null);
}

function eventProblem(events: Record<string, Described>, text: string, cut: boolean): Finding {
  const blocks = text.replaceAll('\r', '').split('\n\n');
  const rest = blocks.pop();
  // In OpenAI's protocol the provider's own bytes are passed through, however they end.
  if (rest && !cut && events['done']) return 'the stream does not end with an event';
  for (const block of blocks) {
    const name = (events['message'] ? undefined : /^event: (.*)$/m.exec(block)?.[1]) ?? 'message';
    const data = /^data: ?(.*)$/m.exec(block)?.[1];
    if (data === undefined || data === '[DONE]') continue;
    const value = JSON.parse(data) as object;
    const ref =
      name === 'message' && 'error' in value && !('choices' in value) ? events['error'] : events[name];
    const problem = ref ? valueProblem(ref, value) : `there is no event "${name}"`;
    if (problem) return `${name}: ${problem}`;
  }
  return null;
}

interface Answered {
  method: string;
  path: string;
  status: number;
  type: string;
  body: Buffer;
  /** True if the connection ended before the answer did. */
  cut: boolean;
}

const isOpenAi = (path: string) => /^\/v1(\/|$)/.test(path) && !path.startsWith('/v1/messages');

/** How an answer differs from openapi.json; null if it conforms. */
export function conformanceProblem({ method, path, status, type, body, cut }: Answered): Finding {
  const operation = checker().operationFor(method, path);
  const isJson = type.startsWith('application/json');
  if (cut && type.startsWith('application/json')) return null;
  const documented = operation?.responses[String(status)];
  if (!operation || [404, 405].includes(status)) {
    if (status < 400 && !operation) return 'is answered, but not documented';
    if (!documented) {
      const ref = `#/components/schemas/${isOpenAi(path) ? 'OpenAiError' : 'Error'}`;
      if (isForeignPath(path) && !isOpenAi(path)) return isJson ? null : `is answered with ${type}`;
      return isJson ? checker().problem(ref, JSON.parse(body.toString('utf8'))) : `is answered with ${type}`;
    }
  }
  if (!documented) return `status ${status} is not documented: ${body.toString('utf8').slice(0, 300)}`;
  const content = documented.content?.[type.replace(/;.*/, '')];
  if (!content) return `${type} is not documented for ${status}`;
  if (content['x-events']) return eventProblem(content['x-events'], body.toString('utf8'), cut);
  return isJson && content.schema ? valueProblem(content.schema, JSON.parse(body.toString('utf8'))) : null;
}

const watched = new Map<number, string[]>();

/** The panel's files and its own operations are not part of the public API. */
const isPanel = (path: string) =>
  path === '/' || /^\/(rpc|assets)(\/|$)|\.(html|js|css|svg|png|woff2)$/.test(path);

/** The content type in headers as `writeHead` accepts them: an object, or alternating names and values. */
function contentTypeIn(headers: unknown): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const byName = Array.isArray(headers) ? Object.fromEntries(pairsOf(headers)) : headers;
  return 'content-type' in byName ? String(byName['content-type']) : undefined;
}

const pairsOf = (list: readonly unknown[]) =>
  list.flatMap((name, i) => (i % 2 === 0 ? [[String(name), list[i + 1]] as const] : []));

function watch(request: IncomingMessage, response: ServerResponse, problems: string[]): void {
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
  };
  const write = response.write.bind(response) as (...args: unknown[]) => boolean;
  const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  let type = '';
  response.writeHead = ((...args: unknown[]) => {
    type = contentTypeIn(args.at(-1)) ?? type;
    return writeHead(...args);
  }) as typeof response.writeHead;
  response.write = ((...args: unknown[]) => (keep(args[0]), write(...args))) as typeof response.write;
  response.end = ((...args: unknown[]) => (keep(args[0]), end(...args))) as typeof response.end;
  response.on('close', () => {
    if (!response.headersSent) return;
    const method = request.method ?? 'GET';
    const path = routedPath(request.url ?? '/') ?? '';
    if (isPanel(path) || !['GET', 'POST', 'DELETE'].includes(method)) return;
    const cut = !response.writableFinished;
    const problem = conformanceProblem({
      method,
      path,
      status: response.statusCode,
      type,
      body: Buffer.concat(chunks),
      cut,
    });
    if (problem) problems.push(`${method} ${path} (${response.statusCode}): ${problem}`);
  });
}

let subscribed = false;

/** Holds each answer of the server on this port against openapi.json; what does not conform fails the test that closes it. */
export function holdToDocument(port: number, atEnd: AtEnd): void {
  if (!subscribed) {
    subscribed = true;
    subscribe('http.server.request.start', (message) => {
      const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
      const problems = watched.get(request.socket.localPort ?? -1);
      if (problems) watch(request, response, problems);
    });
  }
  const problems: string[] = [];
  watched.set(port, problems);
  atEnd(() => {
    watched.delete(port);
    expect(problems, 'answers that openapi.json does not describe').toEqual([]);
  });
}
