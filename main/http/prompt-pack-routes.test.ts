import { describe, expect, test } from 'vitest';
import { openAiReply, openAiStream, startUpstream } from '../core/__fixtures__/upstream.ts';
import { testServer, type Call } from './__fixtures__/test-server.ts';

const route = '/api/llm/prompt-pack';
const post = (path: string, body: unknown): Call => ({ method: 'POST', path: `${route}/${path}`, body });

const variables = { source_text: 'Aya: やあ、[player]', target_language: 'English' };
const translated = JSON.stringify({ detected_language: 'ja', translation: 'Aya: Hi, [player]' });

/** The events of a stream, in order. */
function events(text: string): { event: string; data: Record<string, unknown> }[] {
  return text
    .trim()
    .split('\n\n')
    .map((block) => {
      const [event = '', data = ''] = block.split('\n');
      return {
        event: event.slice('event: '.length),
        data: JSON.parse(data.slice('data: '.length)) as Record<string, unknown>,
      };
    });
}

test('GET lists the packs, or shows one', async () => {
  const { send } = await testServer();
  const list = (await send({ path: route })).json();
  expect(list).toMatchObject({ ok: true, warnings: [] });
  expect((list['packs'] as { module: string }[]).map((pack) => pack.module)).toContain('pov_rewrite');
  const pack = await send({ path: `${route}/POV%20Rewrite` });
  expect(pack.status).toBe(200);
  expect(pack.json()).toMatchObject({
    ok: true,
    module: 'pov_rewrite',
    source: 'built-in',
    schema: { type: 'object' },
  });
  const fields = [
    'title',
    'version',
    'system',
    'template',
    'variables',
    'schema',
    'options',
    'tags',
    'checks',
    'source',
  ];
  expect(Object.keys(pack.json())).toEqual(expect.arrayContaining(fields));
  const [variable] = pack.json()['variables'] as object[];
  expect(Object.keys(variable ?? {})).toEqual(
    expect.arrayContaining(['name', 'type', 'required', 'sample', 'description']),
  );
});

test('an unknown pack is a 404 that names the others', async () => {
  const { send } = await testServer();
  for (const call of [{ path: `${route}/poetry` }, post('poetry', {})]) {
    const reply = await send(call);
    expect([reply.status, reply.json()['code']]).toEqual([404, 'unknown_module']);
    expect(reply.text).toContain('pov_rewrite');
  }
});

describe('POST renders a pack', () => {
  test('as messages, schema and options, without calling a provider', async () => {
    const upstream = await startUpstream();
    const { send } = await testServer({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1` } });
    const reply = await send(post('translate', { variables, provider: 'lmstudio_local', stream: false }));
    expect(reply.status).toBe(200);
    expect(reply.json()).toMatchObject({
      ok: true,
      messages: [{ role: 'system' }, { role: 'user', content: expect.stringContaining('[player]') }],
      schema: { required: ['detected_language', 'translation'] },
      options: { max_tokens: 2048 },
    });
    expect(upstream.connections).toBe(0);
  });

  test('names missing and extra variables in a 422', async () => {
    const { send } = await testServer();
    const reply = await send(post('translate', { variables: { source_text: 'x', target: 'de' } }));
    expect([reply.status, reply.json()['code']]).toEqual([422, 'pack_variables_invalid']);
    expect(reply.json()['details']).toMatchObject({
      module: 'translate',
      fields: [{ path: 'variables.target_language' }, { path: 'variables.target' }],
    });
    expect((await send(post('translate', undefined))).status).toBe(422);
  });

  test.each<[string, unknown, string]>([
    ['an unknown field', { vraiables: variables }, 'did you mean "variables"'],
    ['messages beside variables', { variables, messages: [] }, 'messages'],
    ['a list', [], 'expected'],
    ['variables that are a string', { variables: 'x' }, 'variables'],
    ['a stream without send', { variables, stream: true }, '"send": true'],
  ])('%s is a 400', async (_, body, words) => {
    const { send } = await testServer();
    const reply = await send(post('translate', body));
    expect([reply.status, reply.json()['code']]).toEqual([400, 'invalid_request']);
    expect(reply.json()['message']).toContain(words);
  });

  test('named in the URL, not in the body', async () => {
    const { send } = await testServer();
    expect((await send(post('translate', { variables, module: 'narrator' }))).json()).toMatchObject({
      module: 'translate',
    });
  });
});

describe('POST with send continues as a chat call', () => {
  test('its answer has the fields of a chat and the checks', async () => {
    const upstream = await startUpstream(openAiReply(translated));
    const { send } = await testServer({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1` } });
    const reply = await send(post('translate', { variables, send: true, provider: 'lmstudio_local' }));
    expect(reply.json()).toMatchObject({
      ok: true,
      provider: 'lmstudio_local',
      module: 'translate',
      reply: translated,
      data: { json: { detected_language: 'ja' } },
      checks: [
        { id: 'lines', ok: true },
        { id: 'speaker-cues', ok: true },
        { id: 'markup', ok: true },
        { id: 'glossary', ok: true },
      ],
    });
    expect(upstream.requests[0]?.json()).toMatchObject({
      max_tokens: 2048,
      response_format: { type: 'json_schema' },
    });
  });

  test('streamed, its last event has them too', async () => {
    const upstream = await startUpstream(openAiStream(translated.slice(0, 20), translated.slice(20)));
    const { send } = await testServer({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1` } });
    const reply = await send(
      post('translate', { variables, send: true, stream: true, provider: 'lmstudio_local' }),
    );
    expect(reply.headers['content-type']).toContain('text/event-stream');
    const reported = events(reply.text);
    expect(reported.map(({ event }) => event)).toEqual(['start', 'delta', 'delta', 'usage', 'done']);
    expect(reported.at(-1)?.data).toMatchObject({
      ok: true,
      reply: translated,
      checks: [{ ok: true }, { ok: true }, { ok: true }, { ok: true }],
    });
  });

  test('a dry run shows the plan of the module’s own model', async () => {
    const { send } = await testServer();
    const reply = await send(post('translate', { variables, send: true, dry_run: true, stream: true }));
    expect(reply.json()).toMatchObject({
      ok: true,
      dry_run: true,
      resolution: { module: 'translate', via: 'module' },
    });
  });

  test('a cloud connector that is off stays off', async () => {
    const { send } = await testServer();
    const reply = await send(post('translate', { variables, send: true, provider: 'openai_public' }));
    expect([reply.status, reply.json()['code']]).toEqual([403, 'feature_disabled']);
  });
});
