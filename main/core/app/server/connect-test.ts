import type { ComfyvnAdapter, ConnectResult } from '../../../../contract/server-access.ts';
import { comfyvnProxy } from '../../../adapters/comfyvn-proxy/adapter.ts';
import { AppError } from '../../lib/app-error.ts';
import { isObject } from '../../lib/json.ts';
import { jsonOrUndefined, readStart } from '../../net/read-body.ts';
import type { Transport } from '../../net/transport.ts';
import type { ServerInfo } from './server-info.ts';

export interface ConnectParts {
  server: ServerInfo;
  transport: Transport;
}

const timeoutMs = 10_000;
const maxBytes = 256 * 1024;
const line = 'Hello from ComfyVN!';
const messages = [{ role: 'user', content: line }];

const forms: Record<ComfyvnAdapter, { path: string; body: unknown }> = {
  // Source: ComfyVN's comfyvn/models/adapters/proxy.py: always all three fields.
  proxy: { path: '/api/llm/chat', body: { model: 'stub', messages, params: {} } },
  openai_compat: { path: '/v1/chat/completions', body: { model: 'stub', messages } },
};

/** The reply at the place where ComfyVN's adapter of that name expects it. */
function replyIn(adapter: ComfyvnAdapter, json: unknown): string | null {
  if (adapter === 'proxy') return comfyvnProxy.fromResponse(json)?.text ?? null;
  const choice: unknown = isObject(json) && Array.isArray(json['choices']) ? json['choices'][0] : undefined;
  const message = isObject(choice) ? choice['message'] : undefined;
  const content = isObject(message) ? message['content'] : undefined;
  return typeof content === 'string' ? content : null;
}

/** The local address of a server that is bound to all addresses. */
function reachable(listening: string): string {
  const url = new URL(listening);
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  if (url.hostname === '[::]') url.hostname = '[::1]';
  return url.origin;
}

/**
 * Acts as ComfyVN's adapter: calls our own bound address over HTTP, with the stub, which costs nothing. This
 * is the only outgoing call that may reach this server; its address comes from the server itself, never from
 * input.
 * @throws AppError `invalid_request` if the server is not running, `provider_unreachable` if the round trip
 * fails
 */
export async function connectTest(
  { server, transport }: ConnectParts,
  adapter: ComfyvnAdapter,
  caller: AbortSignal,
): Promise<ConnectResult> {
  const { listening } = server.status();
  if (!listening) throw new AppError('invalid_request', 'the API is not running: start it first');
  const { path, body } = forms[adapter];
  const url = new URL(`${reachable(listening)}${path}`);
  const { token } = server.control.access();
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const text = JSON.stringify(body);
  const started = performance.now();
  try {
    const reply = await transport.send({
      method: 'POST',
      url,
      headers: token ? { ...headers, authorization: `Bearer ${token}` } : headers,
      body: Buffer.from(text),
      timeoutMs,
      signal: AbortSignal.any([caller, AbortSignal.timeout(timeoutMs)]),
    });
    const answer = await readStart(reply, maxBytes);
    const found = replyIn(adapter, jsonOrUndefined(answer));
    return {
      adapter,
      request: {
        method: 'POST',
        url: url.href,
        headers: token ? { ...headers, authorization: 'Bearer $COMFYVN_LLM_TOKEN' } : headers,
        body: text,
      },
      response: { status: reply.status, request_id: reply.headers['x-request-id'] ?? null, body: answer },
      reply: found,
      proved: reply.status === 200 && found === line,
      ms: performance.now() - started,
    };
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    throw new AppError('provider_unreachable', `${url.origin} did not answer: ${code ?? message}`);
  }
}
