import { describe, expect, it } from 'vitest';
import { chatCore, dryRun, hello } from '../../__fixtures__/chat-core.ts';
import type { Registry } from '../../registry/build-registry.ts';
import { mergeOptions, type ChatCall } from './merge-options.ts';
import type { Resolved } from './resolve.ts';

describe('precedence of options', () => {
  const file = {
    name: 'lab',
    adapter: 'openai_compat',
    base: 'http://127.0.0.1:9/v1',
    models: [{ id: 'm', options: { temperature: 0.2, top_p: 0.2, seed: 2 } }],
  };
  const registry = {
    providers: [{ name: 'spare', adapter: 'stub', base: 'stub://x' }],
    defaults: {
      provider: 'stub',
      options: { temperature: 0.1, top_p: 0.1, seed: 1, presence_penalty: 0.1, top_k: 1 },
      modules: {
        lab_module: { provider: 'lab', model: 'm', options: { temperature: 0.3, frequency_penalty: 0.3 } },
      },
    },
  };
  const bodyOf = async (input: object) => {
    const core = chatCore('http://127.0.0.1:9', {
      files: { 'config/llm/providers/lab.json': file, 'comfy.json': registry },
    });
    core.env['COMFYVN_LLM_REGISTRY'] = `${core.root}/comfy.json`;
    await core.ask('registry.refresh');
    const { plan, options } = await dryRun(core, { messages: hello, module: 'lab_module', ...input });
    const { model: _model, messages: _messages, ...body } = plan.body as Record<string, unknown>;
    expect(body).toEqual(options);
    return body;
  };

  it('is defaults, model, preset, params, then top-level fields', async () => {
    const inherited = {
      temperature: 0.3,
      top_p: 0.2,
      seed: 2,
      presence_penalty: 0.1,
      frequency_penalty: 0.3,
      top_k: 1,
    };
    expect(await bodyOf({})).toEqual(inherited);
    expect(await bodyOf({ params: { temperature: 0.4, min_p: 0.4 } })).toEqual({
      ...inherited,
      temperature: 0.4,
      min_p: 0.4,
    });
    expect(await bodyOf({ params: { temperature: 0.4 }, temperature: 0.5, stop: ['x'] })).toEqual({
      ...inherited,
      temperature: 0.5,
      stop: ['x'],
    });
  });

  it('null removes an inherited option, at any level', async () => {
    const body = await bodyOf({
      params: { temperature: null, top_k: null },
      seed: null,
      presence_penalty: null,
    });
    expect(body).toEqual({ top_p: 0.2, frequency_penalty: 0.3 });
  });

  it('0, false and empty lists are values', async () => {
    const body = await bodyOf({ params: { temperature: 0, logprobs: false, stop: [] }, seed: 0 });
    expect(body).toMatchObject({ temperature: 0, logprobs: false, stop: [], seed: 0 });
  });

  it('provider_options are applied last', async () => {
    const core = chatCore('http://127.0.0.1:9');
    const input = {
      provider: 'openai_public',
      model: 'gpt-4o-mini',
      messages: hello,
      temperature: 0.4,
    };
    const { plan } = await dryRun(core, {
      ...input,
      provider_options: { body: { temperature: 0.9, metadata: { a: { b: 1 } } } },
    });
    expect(plan.body).toMatchObject({ temperature: 0.9, metadata: { a: { b: 1 } } });
  });
});

const merge = (defaults: object, model: object, preset: object, request: Partial<ChatCall>) =>
  mergeOptions(
    { defaults: { options: defaults } } as Registry,
    { model: { options: model }, presetOptions: preset } as unknown as Resolved,
    request,
  );

it('later layers win, and null removes an inherited option until a later layer sets it again', () => {
  const request = { params: { top_p: null, seed: 7 }, temperature: 0.2 };
  expect(merge({ top_p: 1, seed: null }, { temperature: 1 }, { max_tokens: 5, top_p: 0.5 }, request)).toEqual(
    { temperature: 0.2, max_tokens: 5, seed: 7 },
  );
  expect(merge({ top_p: 1 }, { top_p: null }, { top_p: 0.3 }, {})).toEqual({ top_p: 0.3 });
});

it('a name in a file that reaches into prototypes changes nothing', () => {
  const options = JSON.parse('{"__proto__":{"stream":true},"seed":1}') as object;
  const merged = merge(options, {}, options, {});
  expect([merged, merged['stream'], Object.getPrototypeOf(merged)]).toEqual([
    { seed: 1 },
    undefined,
    Object.prototype,
  ]);
});
