import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../../contract/chat.ts';
import { testCore } from '../__fixtures__/test-core.ts';
import { openAiReply, startUpstream } from '../__fixtures__/upstream.ts';

const say = (content: string): { messages: Message[] } => ({ messages: [{ role: 'user', content }] });
const on = { COMFYVN_SILLY_COMPAT_OFFLOAD: '1' };

/**
 * A core with emulation on, and a local model that answers with these texts in turn, then repeats the last
 * one.
 */
async function emulated(...texts: string[]) {
  const upstream = await startUpstream(...texts.map((text) => openAiReply(text)));
  const core = testCore({ env: { ...on, COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1` } });
  const chat = (input: object) =>
    core.ask('emulation.chat', { persona_id: 'mika', provider: 'lmstudio_local', ...input });
  const sent = (n: number) => upstream.requests[n]?.json()['messages'] as Message[];
  const persona = async () =>
    (await core.ask('emulation.status')).personas.find((p) => p.persona_id === 'mika');
  return { ...core, upstream, chat, sent, persona };
}

describe('the switch', () => {
  test('is off by default: a chat is 503 with the flag to set, and nothing is sent or remembered', async () => {
    const { ask, refusal } = testCore();
    const error = await refusal('emulation.chat', say('Hi'));
    expect(error.code).toBe('emulation_off');
    expect(error.message).toContain('features.silly_compat_offload');
    expect(await ask('emulation.status')).toEqual({
      feature_flag: 'SillyCompatOffload',
      enabled: false,
      persona_count: 0,
      personas: [],
      warnings: [],
    });
  });

  test('is written into ComfyVN’s file and leaves the rest as it is', async () => {
    const { ask, root } = testCore({
      files: { 'config/comfyvn.json': { port: 1, features: { other: true } } },
    });
    expect(await ask('emulation.toggle', { enabled: true })).toMatchObject({ enabled: true, warnings: [] });
    const saved = JSON.parse(readFileSync(join(root, 'config', 'comfyvn.json'), 'utf8')) as unknown;
    expect(saved).toEqual({ port: 1, features: { other: true, silly_compat_offload: true } });
    expect((await ask('emulation.chat', { ...say('Hi'), provider: 'stub' })).reply).toBe('Hi');
    expect((await ask('emulation.toggle', { enabled: false })).enabled).toBe(false);
  });

  test('reports that the environment overrides it', async () => {
    const { ask } = testCore({ env: on });
    const status = await ask('emulation.toggle', { enabled: false });
    expect(status.enabled).toBe(true);
    expect(status.warnings[0]).toContain('COMFYVN_SILLY_COMPAT_OFFLOAD');
  });
});

describe('a persona', () => {
  test('is created and changed as in ComfyVN: lists are replaced, objects merged', async () => {
    const { ask } = testCore();
    await ask('emulation.persona', {
      persona_id: ' mika ',
      style_guides: ['a'],
      safety: { allow_nsfw: false },
      metadata: { x: 1 },
    });
    const changed = await ask('emulation.persona', {
      persona_id: 'mika',
      style_guides: ['b'],
      safety: { blocked_topics: ['war'] },
    });
    expect(changed).toEqual({
      persona_id: 'mika',
      memory: [],
      style_guides: ['b'],
      safety: { allow_nsfw: false, blocked_topics: ['war'] },
      metadata: { x: 1 },
    });
    expect((await ask('emulation.status')).persona_count).toBe(1);
  });

  test('given too many turns keeps the last 20 pairs', async () => {
    const memory = Array.from({ length: 60 }, (_, i) => ({
      role: i % 2 ? 'assistant' : 'user',
      content: String(i),
    }));
    const persona = await testCore().ask('emulation.persona', { persona_id: 'mika', memory });
    expect(persona.memory).toEqual(memory.slice(20));
  });

  test('is one of at most 500, so that a caller cannot fill the memory', async () => {
    const { ask } = testCore();
    for (let i = 0; i < 501; i++) await ask('emulation.persona', { persona_id: `p${i}` });
    const { persona_count, personas } = await ask('emulation.status');
    expect([persona_count, personas[0]?.persona_id]).toEqual([500, 'p1']);
  });
});

describe('a chat', () => {
  test('has style guides and safety in the system message, and remembered turns before new ones', async () => {
    const { ask, chat, sent } = await emulated('First!', 'Second!');
    await ask('emulation.persona', {
      persona_id: 'mika',
      style_guides: ['Never swears.'],
      safety: { blocked_topics: ['gambling'] },
    });
    await chat(say('One'));
    await chat(say('Two'));
    const [system, ...turns] = sent(1);
    expect(system).toMatchObject({
      role: 'system',
      content: expect.stringMatching(/mika[^]*Never swears\.[^]*gambling/),
    });
    expect(turns).toEqual([
      { role: 'user', content: 'One' },
      { role: 'assistant', content: 'First!' },
      { role: 'user', content: 'Two' },
    ]);
  });

  test('remembers 20 pairs, separately for each persona', async () => {
    const { chat, persona } = await emulated('Yes.');
    await chat({ ...say('Other'), persona_id: 'someone_else' });
    for (let i = 0; i < 23; i++) await chat(say(`q${i}`));
    const memory = (await persona())?.memory ?? [];
    expect(memory).toHaveLength(40);
    expect([memory[0], memory[39]]).toEqual([
      { role: 'user', content: 'q3' },
      { role: 'assistant', content: 'Yes.' },
    ]);
  });

  test('from a client that sends its whole history adds only the new turns', async () => {
    const { chat, sent, persona } = await emulated('First!', 'Second!');
    const history: Message[] = [{ role: 'system', content: 'Scene: docks.' }, ...say('One').messages];
    await chat({ messages: history });
    await chat({ messages: [...history, { role: 'assistant', content: 'First!' }, ...say('Two').messages] });
    expect(
      sent(1)
        .map((m) => m.content)
        .slice(1),
    ).toEqual(['Scene: docks.', 'One', 'First!', 'Two']);
    expect((await persona())?.memory.map((turn) => turn.content)).toEqual([
      'One',
      'First!',
      'Two',
      'Second!',
    ]);
  });

  test('that fails leaves the memory unchanged', async () => {
    const { upstream, refusal, persona } = await emulated('x');
    upstream.script({ status: 401, body: { error: { message: 'no' } } });
    await refusal('emulation.chat', { ...say('Hi'), persona_id: 'mika', provider: 'lmstudio_local' });
    expect(await persona()).toBeUndefined();
  });

  test('answers in ComfyVN’s format, and accepts its other names for provider and model', async () => {
    const { ask, upstream } = await emulated('Yes.');
    const input = {
      ...say('Hi'),
      provider_id: 'lmstudio_local',
      model_id: 'my-model',
      options: { temperature: 0.2 },
    };
    expect(await ask('emulation.chat', input)).toMatchObject({
      reply: 'Yes.',
      usage: { total_tokens: 10 },
      metadata: {
        persona_id: 'default',
        module: 'persona',
        provider: 'lmstudio_local',
        model: 'my-model',
        options: { temperature: 0.2, max_tokens: 1024 },
      },
      raw: { id: 'chatcmpl-1' },
      headers: { 'content-type': 'application/json' },
      status: 200,
    });
    expect(upstream.requests[0]?.json()).toMatchObject({ model: 'my-model', temperature: 0.2 });
  });

  test('without provider or model uses the persona module', async () => {
    const upstream = await startUpstream({
      body: { message: { role: 'assistant', content: 'Yes.' }, done: true },
    });
    const { ask } = testCore({ env: { ...on, COMFYVN_LLM_OLLAMA_DEFAULT_BASE_URL: upstream.url } });
    const { metadata, reply } = await ask('emulation.chat', say('Hi'));
    expect([reply, metadata.module, metadata.provider]).toEqual(['Yes.', 'persona', 'ollama_default']);
  });

  test('sends the picture in the last message, and remembers its text', async () => {
    const { chat, sent, persona } = await emulated('Pretty.');
    const content = [
      { type: 'text', text: 'Look' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
    ];
    await chat({ messages: [{ role: 'user', content }] });
    expect(sent(0).at(-1)?.content).toEqual(content);
    expect((await persona())?.memory[0]).toEqual({ role: 'user', content: 'Look' });
  });

  test('uses a user’s persona pack, which may have fewer variables', async () => {
    const variable = { name: 'message', type: 'string', required: true, description: 'd', sample: 'Hi' };
    const pack = {
      module: 'persona',
      title: 'Mine',
      version: '1.0.0',
      description: '',
      tags: [],
      options: {},
      variables: [variable],
      checks: [],
    };
    const folder = 'config/llm/packs/persona';
    const files = {
      [`${folder}/pack.json`]: pack,
      [`${folder}/system.md`]: 'You are a cat.',
      [`${folder}/template.md`]: '{{ message }} (meow)',
      [`${folder}/output.schema.json`]: { extends: 'module' },
    };
    const { ask } = testCore({ env: on, files });
    expect((await ask('emulation.chat', { ...say('Hi'), provider: 'stub' })).reply).toBe('Hi (meow)');
  });
});
