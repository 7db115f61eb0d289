import { beforeAll, describe, expect, test } from 'vitest';
import type { ChatStreamEvent } from '../contract/chat.ts';
import type { Envelope } from '../contract/errors.ts';
import { operations, type OperationName } from '../contract/operations/table.ts';
import {
  openAiChunk,
  openAiReply,
  openAiStream,
  refusedAddress,
  openUpstream,
  sse,
  type Script,
} from './core/__fixtures__/upstream.ts';
import { afterTheBlock, withTheTest, type AtEnd } from './core/__fixtures__/test-core.ts';
import { testServer } from './http/__fixtures__/test-server.ts';
import { fakeIpc } from './ipc/__fixtures__/fake-ipc.ts';

interface Answer {
  envelope: Envelope<unknown>;
  /** What came before the answer of a stream. */
  pieces: unknown[];
}

const differs = new Set([
  'date',
  'request_id',
  'ms',
  'total_ms',
  'upstream_ms',
  'first_token_ms',
  'waited_ms',
  'uptime_s',
  'checked_at',
  'latency_ms',
]);

/** The same value with ids and times taken out: they are never the same twice. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, differs.has(key) ? `<${key}>` : comparable(inner)]),
  );
}

/** The API's flat form of a failure, as the envelope it stands for. */
function fromFlat({
  ok: _ok,
  error: _error,
  detail: _detail,
  ...info
}: Record<string, unknown>): Envelope<unknown> {
  return { ok: false, error: info } as unknown as Envelope<unknown>;
}

function fromEventStream(text: string): Answer {
  const events = text
    .split('\n\n')
    .filter(Boolean)
    .map((block) => {
      const [event = '', data = ''] = block.split('\n');
      return {
        event: event.replace('event: ', ''),
        data: JSON.parse(data.replace('data: ', '')),
      } as ChatStreamEvent;
    });
  const last = events.pop();
  if (last?.event === 'error') return { envelope: fromFlat(last.data), pieces: events };
  if (last?.event !== 'done') throw new Error(`the stream has no end: ${text}`);
  const { ok: _ok, request_id: _id, ...data } = last.data;
  return { envelope: { ok: true, data }, pieces: events };
}

const bothTransports = (...script: Script[]) => openTransports(withTheTest, ...script);

/** One server for all tests of a describe block. */
function sharedTransports(...script: Script[]) {
  const atEnd = afterTheBlock();
  const shared = {} as Awaited<ReturnType<typeof openTransports>>;
  beforeAll(async () => void Object.assign(shared, await openTransports(atEnd, ...script)));
  return shared;
}

async function openTransports(atEnd: AtEnd, ...script: Script[]) {
  const upstream = await openUpstream(atEnd, ...script);
  const hangs = script.some((s) => 'fault' in s && s.fault === 'hang');
  const env = {
    COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.url,
    COMFYVN_LLM_OLLAMA_DEFAULT_BASE_URL: await refusedAddress(),
    ...(hangs ? { COMFYVN_LLM_LMSTUDIO_LOCAL_TIMEOUT: '0.2' } : {}),
  };
  const made = await testServer({ panel: true, env, atEnd });
  const window = fakeIpc(made.core).openWindow();

  async function overIpc(operation: string, input: unknown): Promise<Answer> {
    const before = window.events.length;
    const envelope = await window.request(operation, input);
    return { envelope, pieces: window.events.slice(before).map((e) => (e.type === 'stream' ? e.event : e)) };
  }
  async function overHttp(operation: string, input: unknown): Promise<Answer> {
    const headers = { authorization: `Bearer ${made.panelToken}`, 'content-type': 'application/json' };
    const reply = await made.send({
      method: 'POST',
      path: `/rpc/${encodeURIComponent(operation)}`,
      headers,
      body: JSON.stringify(input),
    });
    if (reply.headers['content-type']?.startsWith('text/event-stream')) return fromEventStream(reply.text);
    const body = reply.json();
    const flat = body['ok'] === false && typeof body['error'] === 'string';
    return { envelope: flat ? fromFlat(body) : (body as Envelope<unknown>), pieces: [] };
  }
  /** The answer of both transports, after they were found to be equal. */
  async function same(operation: string, input: unknown): Promise<Envelope<unknown>> {
    const ipc = await overIpc(operation, input);
    const http = await overHttp(operation, input);
    expect(comparable(http)).toEqual(comparable(ipc));
    return ipc.envelope;
  }
  return { ...made, upstream, same, overIpc, overHttp };
}

const messages = [{ role: 'user', content: 'hi' }];
const local = { provider: 'lmstudio_local', messages, retries: 0 };

/** Those whose good answer belongs to one transport, or to one call: what they refuse is still the same. */
const ownAnswer = new Set<OperationName>([
  // A page must not stop the server that serves it; the desktop window may.
  'server.stop',
  // Its answer holds the bytes of a call with an id of its own.
  'server.connectTest',
  // Ends with its caller only.
  'log.follow',
]);

describe('every operation gives the same answer over IPC and HTTP', () => {
  const shared = sharedTransports();
  for (const operation of Object.keys(operations) as OperationName[]) {
    test(`${operation}: without input, with a typo, with input that is no object, with a forbidden key`, async () => {
      const { same } = shared;
      if (!ownAnswer.has(operation)) await same(operation, {});
      expect(await same(operation, { not_a_field_of_any: 1 })).toMatchObject({
        ok: false,
        error: { code: 'invalid_request' },
      });
      for (const input of [[], 'text', 5, true])
        expect(await same(operation, input)).toMatchObject({ ok: false, error: { code: 'invalid_request' } });
      expect(await same(operation, { a: [{ constructor: 1 }] })).toMatchObject({
        ok: false,
        error: { code: 'forbidden_key' },
      });
      if (!ownAnswer.has(operation)) await same(operation, null);
    });
  }
});

describe('successful calls', () => {
  const inputs: [OperationName, unknown][] = [
    ['registry.get', {}],
    ['registry.get', { diagnostics: true }],
    ['registry.refresh', {}],
    [
      'runtime.register',
      { id: 'mine', provider: 'lmstudio_local', metadata: { api_key: 'own-key-0123456789', models: ['a'] } },
    ],
    ['runtime.remove', { id: 'mine' }],
    ['chat.send', { provider: 'stub', messages }],
    ['chat.send', { ...local, context: { a: 1 } }],
    ['chat.send', { module: 'narrator', messages, dry_run: true }],
    ['chat.test', { registry_id: 'stub', prompt: 'Ping' }],
    ['chat.test', { registry_id: 'openai_public', messages }],
    ['features.set', { flag: 'enable_llm_openai', enabled: true }],
    ['settings.update', { theme: 'dark', drafts: { bench: { text: 'x' } } }],
    ['server.status', {}],
  ];
  for (const [operation, input] of inputs) {
    test(`${operation} ${JSON.stringify(input).slice(0, 80)}`, async () => {
      const { same } = await bothTransports(openAiReply('pong'));
      expect(await same(operation, input)).toMatchObject({ ok: true });
    });
  }

  test('a stream: the same parts in the same order, the same answer at its end', async () => {
    const { same, overHttp } = await bothTransports(openAiStream('Hel', 'lo'));
    expect(await same('chat.stream', local)).toMatchObject({ ok: true, data: { reply: 'Hello' } });
    expect((await overHttp('chat.stream', local)).pieces).toMatchObject([
      { event: 'start' },
      { event: 'delta', data: { text: 'Hel' } },
      { event: 'delta', data: { text: 'lo' } },
      { event: 'usage' },
    ]);
  });
});

describe('refused calls', () => {
  const shared = sharedTransports();
  const inputs: [string, unknown, string][] = [
    ['chat.sned', {}, 'unknown_route'],
    ['constructor', {}, 'unknown_route'],
    ['__proto__', {}, 'unknown_route'],
    ['chat.send', { messages, temprature: 1 }, 'invalid_request'],
    ['chat.send', { messages: [{ role: 'nobody' }], retries: 99 }, 'invalid_request'],
    ['chat.send', { messages, provider: 'nobody' }, 'unknown_provider'],
    ['chat.send', { messages, model: 'gpt-4o' }, 'ambiguous_model'],
    ['chat.send', { messages, provider: 'openai_public' }, 'feature_disabled'],
    ['chat.send', { ...local, provider_options: { headers: { Authorization: 'x' } } }, 'invalid_request'],
    ['chat.stream', { messages, module: 'cooking' }, 'unknown_module'],
    ['runtime.register', { id: 'stub', provider: 'stub' }, 'id_taken'],
    ['features.set', { flag: 'NO', enabled: true }, 'invalid_request'],
    ['server.listen', { port: 99_999 }, 'invalid_request'],
  ];
  for (const [operation, input, code] of inputs) {
    test(`${operation} ${JSON.stringify(input).slice(0, 80)} is ${code}`, async () => {
      const { same, upstream } = shared;
      expect(await same(operation, input)).toMatchObject({ ok: false, error: { code } });
      expect(upstream.connections).toBe(0);
    });
  }
});

describe('a failing provider, with its own message', () => {
  const faults: [string, Script, string][] = [
    ['401', { status: 401, body: { error: { message: 'who are you?' } } }, 'provider_unauthorized'],
    [
      '429',
      // No pause is asked for: the same call through the second transport would wait for it.
      { status: 429, headers: { 'retry-after': '0' }, body: { error: { message: 'slower' } } },
      'provider_rate_limited',
    ],
    ['500', { status: 500, body: { error: { message: 'the GPU fell off' } } }, 'provider_error'],
    ['no JSON', { body: '<html>' }, 'provider_bad_reply'],
    ['no HTTP', { fault: 'garbage' }, 'provider_bad_reply'],
    ['a reset', { fault: 'reset' }, 'provider_interrupted'],
    ['a hang', { fault: 'hang' }, 'provider_timeout'],
  ];
  for (const operation of ['chat.send', 'chat.stream', 'chat.test'] as const) {
    for (const [what, script, code] of faults) {
      test(`${operation}: ${what}`, async () => {
        const { same } = await bothTransports(script);
        const input = operation === 'chat.test' ? { registry_id: 'lmstudio_local', messages } : local;
        expect(await same(operation, input)).toMatchObject({ ok: false, error: { code } });
      });
    }
    test(`${operation}: nothing listens`, async () => {
      const { same } = await bothTransports();
      const input =
        operation === 'chat.test'
          ? { registry_id: 'ollama_default', messages }
          : { ...local, provider: 'ollama_default' };
      expect(await same(operation, input)).toMatchObject({
        ok: false,
        error: { code: 'provider_unreachable' },
      });
    });
  }

  test('an interrupted stream: the parts, then the failure', async () => {
    const { same, overIpc } = await bothTransports({ chunks: [openAiChunk({ content: 'Hel' })], cut: true });
    expect(await same('chat.stream', local)).toMatchObject({
      ok: false,
      error: { code: 'provider_interrupted' },
    });
    expect((await overIpc('chat.stream', local)).pieces).toMatchObject([
      { event: 'start' },
      { event: 'delta', data: { text: 'Hel' } },
    ]);
  });

  test('a stream with an error inside a 200', async () => {
    const { same } = await bothTransports({
      chunks: [openAiChunk({ content: 'Hel' }), sse({ error: { message: 'out of memory' } })],
    });
    expect(await same('chat.stream', local)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('out of memory') },
    });
  });
});
