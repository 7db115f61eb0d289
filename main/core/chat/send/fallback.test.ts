import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../../../contract/chat.ts';
import { answerOf, chat, chatCore, errorOf, hello, failureIn } from '../../__fixtures__/chat-core.ts';
import { pieces, whole } from '../../__fixtures__/provider-replies.ts';
import { startProvider, type Exchange, type Reply } from '../../__fixtures__/provider-upstream.ts';
import { protocols } from '../../__fixtures__/protocols.ts';

const { openAi, ollama } = protocols;
const translate = {
  module: 'translate',
  messages: hello,
  schema: null,
  retries: 0,
  fallback: 'shortlist' as const,
};
const failing = whole(openAi.error('down'), 503);
const isOllama = ({ path }: Exchange) => path === '/api/chat';

/** Every provider fails except the models on this machine. */
const onlyOllama: Reply = (exchange) =>
  (isOllama(exchange) ? whole(ollama.reply('well')) : failing)(exchange);

/**
 * OpenAI and OpenRouter are enabled; Azure is enabled without a key; the others are off. LM Studio is not
 * running.
 */
const someOn = {
  env: {
    COMFYVN_LLM_AZURE_OPENAI_API_KEY: undefined,
    COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: 'http://127.0.0.1:9',
  },
  files: {
    'config/comfyvn.json': {
      features: { enable_llm_openai: true, enable_llm_openrouter: true, enable_llm_azure_openai: true },
    },
  },
};
const shown = (attempts: Attempt[]) =>
  attempts.map(({ provider, model, reason, code }) => [provider, model, reason, code]);

describe('fallback: "shortlist"', () => {
  it('tries presets that are enabled, have a key and are not retired, in order, each model once', async () => {
    const upstream = await startProvider(onlyOllama);
    const answer = await answerOf(chatCore(upstream.url, someOn), translate);
    expect(answer.reply).toBe('well');
    expect(answer).toMatchObject({
      provider: 'ollama_default',
      model: 'gemma4:26b',
      module: 'translate',
    });
    const down = 'provider_overloaded';
    expect(shown(answer.attempts)).toEqual([
      ['openai_public', 'gpt-6-luna', 'first', down],
      ['openai_public', 'gpt-4.1-mini', 'fallback', down],
      ['openai_public', 'gpt-4o-mini', 'fallback', down],
      ['openrouter', 'mistralai/mistral-large-2', 'fallback', down],
      ['openrouter', 'deepseek/deepseek-v4.1-flash-1017', 'fallback', down],
      ['openrouter', 'mistralai/mistral-small-2603', 'fallback', down],
      ['openrouter', 'qwen/qwen3.8-flash', 'fallback', down],
      ['lmstudio_local', 'google/gemma-4-26b-a4b', 'fallback', 'provider_unreachable'],
      ['lmstudio_local', 'qwen/qwen3.6-27b', 'fallback', 'provider_unreachable'],
      ['ollama_default', 'gemma4:26b', 'fallback', null],
    ]);
    expect(answer.attempts.map((a) => a.n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(answer.attempts.at(-1)!.preset).toBe('translate-24-ollama-gemma4-26b');
    expect(upstream.exchanges.map((e) => e.json()['model'])).toEqual([
      'gpt-6-luna',
      'gpt-4.1-mini',
      'gpt-4o-mini',
      'mistralai/mistral-large-2407',
      'deepseek/deepseek-v4.1-flash-1017',
      'mistralai/mistral-small-2603',
      'qwen/qwen3.8-flash',
      'gemma4:26b',
    ]);
    // The options come from the preset that answered.
    expect(upstream.exchanges.at(-1)!.json()['options']).toMatchObject({ temperature: 0.2, top_p: 0.8 });
  });

  it('gives each preset its own retries', async () => {
    const upstream = await startProvider((exchange) =>
      (isOllama(exchange) ? whole(ollama.reply('well')) : whole({}, 500, { 'retry-after': '0' }))(exchange),
    );
    const core = chatCore(upstream.url, {
      env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: 'http://127.0.0.1:9' },
      files: { 'config/comfyvn.json': { features: { enable_llm_openai: true } } },
    });
    const answer = await answerOf(core, { ...translate, retries: 1 });
    expect(answer.attempts.map((a) => a.reason)).toEqual([
      'first',
      'retry',
      'fallback',
      'retry',
      'fallback',
      'retry',
      'fallback',
      'retry',
      'fallback',
      'retry',
      'fallback',
    ]);
  });

  it('reports the last failure with every attempt, and no reply, when all fail', async () => {
    const upstream = await startProvider(failing);
    const { answer, error, reported } = await chat(chatCore(upstream.url, someOn), translate, 'stream');
    expect(answer).toBeUndefined();
    // After this many failures the circuit is open, so the last presets at this address are not sent.
    expect(error?.code).toBe('provider_unreachable');
    const details = failureIn(error);
    expect(details).toMatchObject({ provider: 'ollama_default', model: 'mistral:latest' });
    expect(details.attempts).toHaveLength(12);
    expect(upstream.exchanges).toHaveLength(9);
    expect(reported.events.map((e) => e.event)).toEqual(['start']);
    expect(JSON.stringify(error)).not.toContain('"reply"');
  });

  it('skips a connector that is off, and lists it among the attempts', async () => {
    const upstream = await startProvider(whole(openAi.reply('from this machine')));
    const core = chatCore(upstream.url, { files: { 'config/comfyvn.json': {} } });
    const answer = await answerOf(core, translate);
    expect(shown(answer.attempts)).toEqual([
      ['openai_public', 'gpt-6-luna', 'first', 'feature_disabled'],
      ['lmstudio_local', 'google/gemma-4-26b-a4b', 'fallback', null],
    ]);
    expect(upstream.exchanges).toHaveLength(1);
  });

  it('skips a preset that the budget forbids, and reports why the others failed', async () => {
    const upstream = await startProvider(whole(openAi.error('all down'), 500));
    const nowhere = 'http://127.0.0.1:9';
    const core = chatCore(upstream.url, {
      env: {
        COMFYVN_LLM_CALL_BUDGET_USD: '0.02',
        COMFYVN_LLM_OLLAMA_DEFAULT_BASE_URL: nowhere,
        COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: nowhere,
      },
      files: { 'config/comfyvn.json': { features: { enable_llm_openai: true } } },
    });
    const input = {
      ...translate,
      module: 'vn_chat',
      model: 'openai_public/gpt-4.1-mini',
      params: { max_tokens: 2200 },
    };
    const error = await errorOf(core, input);
    expect(error).toMatchObject({ code: 'provider_unreachable', details: { provider: 'ollama_default' } });
    expect(failureIn(error).attempts.map(({ model, code }) => [model, code])).toEqual([
      ['gpt-4.1-mini', 'provider_error'],
      ['gpt-4o', 'budget_exceeded'],
      ['gpt-4.1', 'provider_error'],
      ['gpt-6.1-terra', 'provider_error'],
      ['gpt-6-luna', 'provider_error'],
      ['hermes-3-llama-3.1-8b', 'provider_unreachable'],
      ['mistral-nemo-instruct-2407', 'provider_unreachable'],
      ['mistral-nemo:12b', 'provider_unreachable'],
      ['gemma4:26b', 'provider_unreachable'],
    ]);
  });

  it('stops once text has reached the caller', async () => {
    const upstream = await startProvider(
      pieces(openAi.stream('Once ', 'upon').slice(0, 2), 'reset'),
      onlyOllama,
    );
    const { error, reported } = await chat(chatCore(upstream.url), translate, 'stream');
    expect(error?.code).toBe('provider_interrupted');
    expect(reported.text()).toBe('Once ');
    expect(upstream.exchanges).toHaveLength(1);
  });

  it('does not send a filtered prompt to the next provider', async () => {
    const refused = { error: { message: 'not this story', code: 'content_filter' } };
    const upstream = await startProvider(whole(refused, 400), onlyOllama);
    const error = await errorOf(chatCore(upstream.url), translate);
    expect(error).toMatchObject({
      code: 'content_filtered',
      details: { upstream_message: 'not this story' },
    });
    expect(upstream.exchanges).toHaveLength(1);
  });

  it('keeps the caller’s settings for a preset of another vendor', async () => {
    const upstream = await startProvider(onlyOllama);
    const core = chatCore(upstream.url, {
      files: { 'config/comfyvn.json': { features: { enable_llm_openai: true } } },
    });
    await answerOf(core, { ...translate, params: { temperature: 1.25, seed: 7 } });
    for (const exchange of upstream.exchanges) {
      const body = exchange.json();
      expect(isOllama(exchange) ? body['options'] : body).toMatchObject({ temperature: 1.25, seed: 7 });
    }
  });
});

it.each([{ fallback: 'none' }, { fallback: undefined }])(
  'without fallback ($fallback) one provider is called and its failure reported',
  async (overrides) => {
    const upstream = await startProvider(failing, onlyOllama);
    const error = await errorOf(chatCore(upstream.url), { ...translate, ...overrides });
    expect(error.code).toBe('provider_overloaded');
    expect(upstream.exchanges).toHaveLength(1);
  },
);

it('without a module there is no list to fall back on', async () => {
  const upstream = await startProvider(failing, onlyOllama);
  const error = await errorOf(chatCore(upstream.url), {
    provider: 'openai_public',
    model: 'gpt-4o-mini',
    messages: hello,
    retries: 0,
    fallback: 'shortlist',
  });
  expect(error.code).toBe('provider_overloaded');
  expect(upstream.exchanges).toHaveLength(1);
});
