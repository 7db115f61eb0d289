import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isOperationName, operations } from '../../contract/operations/table.ts';
import {
  openAiReply,
  openAiStream,
  startUpstream,
  type UpstreamRequest,
} from '../core/__fixtures__/upstream.ts';
import { openApiDocument } from './openapi/document.ts';
import { testServer, type Call, type Reply, type TestServer } from './__fixtures__/test-server.ts';

const plant = (where: string) => `sk/${where}+Zq81kTw5vLx0`;
const keys = {
  environment: plant('environment'),
  envHeader: plant('env-header'),
  saved: plant('saved'),
  metadata: plant('metadata'),
  metadataHeader: plant('metadata-header'),
  nested: plant('nested'),
  override: plant('override'),
  query: plant('query'),
};
/**
 * Forms in which a key may appear: text, JSON, a URL, or a Basic header. The last four characters are shown
 * on purpose.
 */
const forms = Object.values(keys).flatMap((key) => [
  key,
  encodeURIComponent(key),
  JSON.stringify(key).slice(1, -1),
  Buffer.from(key).toString('base64'),
]);
const found = (text: string) => forms.filter((form) => text.includes(form));

const messages = [{ role: 'user', content: 'hi' }];
const providers = [
  'openai_public',
  'anthropic_public',
  'google_gemini',
  'openrouter',
  'azure_openai',
  'lmstudio_local',
  'ollama_default',
  'planted-adapter',
];

/** Repeats every header that it received: in an error, a reply, a stream and a header. */
function echo(request: UpstreamRequest, n: number) {
  const reported = JSON.stringify(request.headers);
  const headers = { 'x-echo': request.headers.authorization ?? 'none' };
  if (n % 3 === 0)
    return {
      status: 401,
      headers,
      body: { error: { message: `wrong key: ${reported} ${request.path}`, code: reported } },
    };
  if (n % 3 === 1) return { ...openAiReply(reported), headers };
  return openAiStream(reported.slice(0, reported.length / 2), reported.slice(reported.length / 2));
}

async function plantedServer() {
  const upstream = await startUpstream(echo);
  const base = (provider: string, path = '') =>
    [`COMFYVN_LLM_${provider}_BASE_URL`, upstream.url + path] as const;
  const transport = await testServer({
    panel: true,
    env: {
      ...Object.fromEntries([
        base('OPENAI_PUBLIC', '/v1'),
        base('ANTHROPIC_PUBLIC', '/v1'),
        base('GOOGLE_GEMINI'),
        base('OPENROUTER'),
        base('AZURE_OPENAI'),
        base('LMSTUDIO_LOCAL'),
        base('OLLAMA_DEFAULT'),
      ]),
      OPENAI_API_KEY: keys.environment,
      COMFYVN_LLM_GOOGLE_GEMINI_API_KEY: keys.environment,
      COMFYVN_LLM_OPENROUTER_API_KEY: keys.environment,
      AZURE_OPENAI_API_KEY: keys.environment,
      COMFYVN_LLM_LMSTUDIO_LOCAL_HEADERS: JSON.stringify({ 'x-studio-token': keys.envHeader }),
      COMFYVN_LOG_LEVEL: 'DEBUG',
      COMFYVN_LLM_DAILY_BUDGET_USD: '1000',
      COMFYVN_LLM_CALL_BUDGET_USD: '100',
    },
    files: { 'config/comfyvn.json': { features: { enable_public_llm: true, silly_compat_offload: true } } },
  });
  await transport.secrets.set('anthropic_public', { key: keys.saved, origin: upstream.url });
  await transport.ask('settings.update', { record_bodies: true });
  return { upstream, transport };
}

function chats(): Call[] {
  const provider_options = { headers: { 'x-proxy-token': keys.override } };
  return providers.flatMap((provider) => {
    const chat = { provider, messages, retries: 0, allow_retired: true };
    const post = (path: string, body: object): Call => ({ method: 'POST', path, body });
    return [
      post('/api/llm/chat', chat),
      post('/api/llm/chat', chat),
      post('/api/llm/chat', { ...chat, stream: true }),
      post('/api/llm/chat', { ...chat, provider_options }),
      post('/api/llm/chat', { ...chat, provider_options: { query: { key: keys.environment } } }),
      post('/api/llm/chat', {
        ...chat,
        dry_run: true,
        provider_options: { query: { key: keys.environment } },
      }),
      post('/api/llm/chat', { ...chat, dry_run: true }),
      post('/api/llm/test-call', { registry_id: provider, messages, live: true }),
      post('/api/providers/llm/chat', chat),
      post('/v1/chat/completions', { model: provider, messages }),
      post('/v1/chat/completions', { model: provider, messages, stream: true }),
      post('/api/emulation/chat', { provider, messages }),
      post('/api/llm/prompt-pack/translate', {
        variables: { source_text: 'a', target_language: 'b' },
        send: true,
        provider,
        retries: 0,
      }),
    ];
  });
}

/** Calls every documented route with its examples. */
function documented(): Call[] {
  type Operation = {
    parameters?: { name: string; example?: string }[];
    requestBody?: { content: Record<string, { examples?: Record<string, { value: unknown }> }> };
  };
  const { paths } = openApiDocument('0') as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(paths).flatMap(([pattern, methods]) =>
    Object.entries(methods).flatMap(([method, { parameters, requestBody }]) => {
      const path = pattern.replace(
        /\{(\w+)\}/g,
        (_all, name: string) => parameters?.find((p) => p.name === name)?.example ?? 'none',
      );
      const examples = Object.values(
        requestBody?.content['application/json']?.examples ?? { none: { value: undefined } },
      );
      return examples.map(({ value }) => ({
        method: method.toUpperCase(),
        path: `${path}?key=${encodeURIComponent(keys.query)}`,
        body: value,
      }));
    }),
  );
}

function panelCalls(transport: TestServer): Call[] {
  const headers = { authorization: `Bearer ${transport.panelToken}` };
  const queries = Object.keys(operations).filter(
    (name) => isOperationName(name) && operations[name].kind === 'query',
  );
  const call = (name: string, body: object): Call => ({
    method: 'POST',
    path: `/rpc/${name}`,
    headers,
    body,
  });
  return [...queries.map((name) => call(name, {})), call('presets.export', { scope: 'everything' })];
}

function filesUnder(folder: string): [string, string][] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return entries.map((entry) => {
    const file = join(entry.parentPath, entry.name);
    return [file, readFileSync(file, 'latin1')];
  });
}

it(
  'a key never appears in an answer, log line, row, metric, export, command or file',
  { timeout: 60_000 },
  async () => {
    const { upstream, transport } = await plantedServer();
    const metadata = {
      base_url: `${upstream.url}/v1`,
      api_key: keys.metadata,
      headers: { 'x-session-token': keys.metadataHeader },
      settings: { deep: { client_secret: keys.nested } },
    };
    const register = { id: 'planted-adapter', provider: 'openai_public', metadata };
    const replies: [string, Reply][] = [];
    const send = async (call: Call) =>
      void replies.push([`${call.method ?? 'GET'} ${call.path}`, await transport.send(call)]);
    await send({ method: 'POST', path: '/api/llm/runtime/register', body: register });
    for (const call of [...chats(), ...documented(), ...panelCalls(transport)]) await send(call);
    const calls = (await transport.ask('calls.list', {})).calls;
    for (const { id } of calls) await send({ path: `/api/llm/calls/${id}` });
    await send({ path: '/metrics' });

    // Checks that the keys were sent to their providers; otherwise the test could not find a leak.
    const sent = upstream.requests.map((request) => JSON.stringify(request.headers)).join('\n');
    for (const where of ['environment', 'envHeader', 'saved', 'metadata', 'metadataHeader'] as const)
      expect(sent, where).toContain(keys[where]);
    expect(calls.length).toBeGreaterThan(50);

    for (const [call, reply] of replies)
      expect([call, found(reply.text + JSON.stringify(reply.headers))]).toEqual([call, []]);
    await transport.transport.close();
    await transport.core.close();
    const files = filesUnder(transport.root);
    expect(
      files.some(([file]) => file.endsWith('server.log')) && files.some(([file]) => file.endsWith('llm.db')),
    ).toBe(true);
    for (const [file, text] of files) expect([file, found(text)]).toEqual([file, []]);
  },
);
