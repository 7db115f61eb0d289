import { describe, expect, test } from 'vitest';
import { testCore } from '../../__fixtures__/test-core.ts';
import { openAiReply, openAiStream, startUpstream, type Answer } from '../../__fixtures__/upstream.ts';

const messages = [{ role: 'user', content: 'word '.repeat(20_000) }];
const phi = { provider: 'lmstudio_local', model: 'phi-3-mini-4k-instruct', messages };
const ollamaReply = (prompt_eval_count: number): Answer => ({
  body: {
    message: { role: 'assistant', content: 'ok' },
    done: true,
    done_reason: 'stop',
    prompt_eval_count,
    eval_count: 1,
  },
});

describe('a prompt longer than the model’s context', () => {
  test('gets a warning in the plan and in the answer', async () => {
    const usage = { prompt_tokens: 20_010, completion_tokens: 1, total_tokens: 20_011 };
    const upstream = await startUpstream(openAiReply('ok', { usage }));
    const { ask } = testCore({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1` } });
    const words = [expect.stringContaining("phi-3-mini-4k-instruct's context 4,096")];
    expect((await ask('chat.send', { ...phi, dry_run: true })).warnings).toEqual(words);
    expect((await ask('chat.send', phi)).warnings).toEqual(words);
  });

  test.each([
    ['whole', openAiReply('ok')],
    ['a stream', openAiStream('o', 'k')],
  ])(
    'a usage of 7 tokens for a prompt of 20,000 gives a warning that the server cut it: %s',
    async (kind, answer) => {
      const upstream = await startUpstream(answer);
      const { ask } = testCore({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1` } });
      const call = { ...phi, model: 'hermes-3-llama-3.1-8b' };
      const pieces = { start() {}, delta() {}, reasoning() {}, tool() {}, usage() {} };
      const { warnings } =
        kind === 'whole' ? await ask('chat.send', call) : await ask('chat.stream', call, pieces as never);
      expect(warnings).toEqual([expect.stringContaining('the server cut the prompt')]);
    },
  );
});

describe('Ollama', () => {
  const core = async (files: Record<string, unknown> = {}) => {
    const upstream = await startUpstream(ollamaReply(4096));
    return {
      upstream,
      ...testCore({ env: { COMFYVN_LLM_OLLAMA_DEFAULT_BASE_URL: upstream.url }, files }),
    };
  };
  const call = { provider: 'ollama_default', model: 'mistral:latest' };

  test('gets the context size that a prompt needs, the same in plan and call', async () => {
    const { ask, upstream } = await core();
    const longer = { ...call, messages: [{ role: 'user', content: 'word '.repeat(6000) }] };
    const plan = await ask('chat.send', { ...longer, dry_run: true });
    expect(plan).toMatchObject({
      plan: { body: { options: { num_ctx: 16_384 } } },
      rewritten: expect.arrayContaining([expect.objectContaining({ path: '/options/num_ctx' })]),
    });
    await ask('chat.send', longer);
    expect(upstream.requests[0]?.json()).toMatchObject({ options: { num_ctx: 16_384 } });
  });

  test('gets a warning before and after the call where the prompt needs more than the automatic maximum', async () => {
    const { ask, upstream } = await core();
    const { warnings } = await ask('chat.send', { ...call, messages });
    expect(warnings).toEqual([
      expect.stringContaining('allow_num_ctx'),
      expect.stringContaining('the server cut the prompt'),
    ]);
    expect(upstream.requests[0]?.json()).not.toHaveProperty('options.num_ctx');
  });

  test('gets the model’s whole context with allow_num_ctx', async () => {
    const { ask } = await core({
      'config/llm/providers/mine.json': {
        name: 'mine',
        adapter: 'ollama',
        base: 'http://127.0.0.1:9',
        settings: { allow_num_ctx: true },
        models: [{ id: 'm', context: 32_768 }],
      },
    });
    expect(await ask('chat.send', { provider: 'mine', model: 'm', messages, dry_run: true })).toMatchObject({
      plan: { body: { options: { num_ctx: 32_768 } } },
      warnings: [],
    });
  });

  test('gets the caller’s own num_ctx, wherever it is set', async () => {
    const { ask } = await core();
    for (const text of [
      { params: { num_ctx: 8192 } },
      { provider_options: { body: { options: { num_ctx: 8192 } } } },
    ])
      expect(await ask('chat.send', { ...call, messages, dry_run: true, ...text })).toMatchObject({
        plan: { body: { options: { num_ctx: 8192 } } },
        warnings: [expect.stringContaining('num_ctx is 8,192')],
      });
  });
});
