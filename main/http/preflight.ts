import type { IncomingMessage, ServerResponse } from 'node:http';
import { requestIdFrom } from '../core/lib/request-context.ts';
import { commonHeaders } from './answer.ts';

const methods = 'GET, POST, DELETE';
const requestHeaders =
  'authorization, content-type, x-request-id, x-api-key, x-goog-api-key, x-comfyvn-dry-run';
const secondsKept = 600;

/** Lets a page of this origin, which COMFYVN_LLM_ALLOWED_ORIGINS lists, read the answer. */
export function allowGuest(response: ServerResponse, origin: string): void {
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-expose-headers', 'x-request-id, retry-after');
}

/** Answers a browser's preflight request from another origin's page. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  const { headers } = request;
  const network = headers['access-control-request-private-network'] === 'true';
  const id = headers['x-request-id'];
  response.writeHead(204, {
    ...commonHeaders,
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Private-Network',
    'access-control-allow-methods': methods,
    // Official clients add their own headers; hardly any of them has a meaning here.
    'access-control-allow-headers': allowedHeaders(headers['access-control-request-headers']),
    ...(network ? { 'access-control-allow-private-network': 'true' } : {}),
    'access-control-max-age': String(secondsKept),
    'x-request-id': requestIdFrom(Array.isArray(id) ? id[0] : id),
  });
  response.end();
}

const vendorHeader = /^(x-stainless|anthropic|openai|x-goog-api)-[a-z-]{1,40}$/;

function allowedHeaders(asked: string | string[] | undefined): string {
  const names = String(asked ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  const vendor = names.filter((name) => vendorHeader.test(name)).slice(0, 20);
  return [requestHeaders, ...vendor].join(', ');
}
