import { describe, expect, it } from 'vitest';
import { sharedChat, answerOf, chatCore, dryRun, errorOf, hello } from '../../__fixtures__/chat-core.ts';
import { whole } from '../../__fixtures__/provider-replies.ts';
import { comfyvnRegistry } from '../../__fixtures__/test-core.ts';
import { protocols } from '../../__fixtures__/protocols.ts';

const shared = sharedChat();
const resolutionOf = async (input: object) => {
  const { resolution, warnings } = await dryRun(shared.core, { messages: hello, ...input });
  return { ...resolution, warnings };
};

describe('which provider and model answer', () => {
  it.each([
    [
      'an explicit provider and model',
      { provider: 'openai_public', model: 'gpt-4o' },
      'openai_public',
      'gpt-4o',
      'provider',
    ],
    [
      'a provider alone: its first model',
      { provider: 'ollama_default' },
      'ollama_default',
      'mistral:latest',
      'provider',
    ],
    [
      'model: "default"',
      { provider: 'ollama_default', model: 'default' },
      'ollama_default',
      'mistral:latest',
      'provider',
    ],
    [
      'an empty model',
      { provider: 'ollama_default', model: '' },
      'ollama_default',
      'mistral:latest',
      'provider',
    ],
    [
      'a model that is null',
      { provider: 'ollama_default', model: null },
      'ollama_default',
      'mistral:latest',
      'provider',
    ],
    [
      'an alias of a model',
      { provider: 'openrouter', model: 'mistralai/mistral-large-2407' },
      'openrouter',
      'mistralai/mistral-large-2',
      'provider',
    ],
    [
      'an alias of a provider',
      { provider: 'openrouter_hub', model: 'deepseek/deepseek-chat' },
      'openrouter',
      'deepseek/deepseek-chat',
      'provider',
    ],
    [
      'provider/model',
      { model: 'ollama_default/mistral:latest' },
      'ollama_default',
      'mistral:latest',
      'provider/model',
    ],
    [
      'provider/model with slashes in the model',
      { model: 'openrouter/qwen/qwen-2.5-72b-instruct' },
      'openrouter',
      'qwen/qwen-2.5-72b-instruct',
      'provider/model',
    ],
    [
      "a provider's name as model",
      { model: 'lmstudio_local' },
      'lmstudio_local',
      'hermes-3-llama-3.1-8b',
      'provider-as-model',
    ],
    ['"stub" as model', { model: 'stub' }, 'stub', 'stub-echo', 'stub'],
    ['an id that one provider lists', { model: 'gpt-4.1' }, 'openai_public', 'gpt-4.1', 'listed-model'],
    [
      'an id with a slash that one provider lists',
      { model: 'deepseek/deepseek-chat' },
      'openrouter',
      'deepseek/deepseek-chat',
      'listed-model',
    ],
    ['a module', { module: 'translate' }, 'openai_public', 'gpt-6-luna', 'module'],
    ['module:NAME as model', { model: 'module:translate' }, 'openai_public', 'gpt-6-luna', 'module:name'],
    [
      'a module with model: "default"',
      { module: 'translate', model: 'default' },
      'openai_public',
      'gpt-6-luna',
      'module',
    ],
    ['nothing at all, which means the defaults', {}, 'stub', 'stub-echo', 'defaults'],
    ['model: "default" alone', { model: 'default' }, 'stub', 'stub-echo', 'defaults'],
    [
      'an explicit provider beside a module',
      { provider: 'ollama_default', module: 'translate' },
      'ollama_default',
      'mistral:latest',
      'provider',
    ],
  ])('%s', async (_, input, provider, model, via) => {
    expect(await resolutionOf(input)).toMatchObject({ provider, model, via });
  });

  it.each([
    ['translate', 'translate'],
    ['Translate', 'translate'],
    ['chat', 'vn_chat'],
    ['VN Chat', 'vn_chat'],
    ['vn-chat', 'vn_chat'],
    ['battle', 'battle_narration'],
    ['Battle Narration', 'battle_narration'],
    ['POV-Rewrite', 'pov_rewrite'],
    ['  narrator ', 'narrator'],
  ])('the module "%s" is %s', async (name, module) => {
    expect(await resolutionOf({ module: name })).toMatchObject({ module, via: 'module' });
    expect(await resolutionOf({ model: `module:${name}` })).toMatchObject({ module, via: 'module:name' });
  });

  it('a preset of the module is named, with its options', async () => {
    const input = { messages: hello, module: 'translate', preset: 'translate-26-ollama-mistral-latest' };
    const { resolution, options } = await dryRun(shared.core, input);
    expect(resolution).toMatchObject({
      provider: 'ollama_default',
      preset: 'translate-26-ollama-mistral-latest',
    });
    expect(options).toMatchObject({ temperature: 0.4, top_p: 0.85, max_tokens: 1024 });
  });

  it('a preset’s options do not apply where the caller names another model', async () => {
    const { options, resolution } = await dryRun(shared.core, {
      messages: hello,
      module: 'translate',
      model: 'openai_public/gpt-6-luna',
    });
    expect(resolution).toMatchObject({ model: 'gpt-6-luna', preset: null });
    expect(options).toEqual({ reasoning: 'off' });
  });

  it('a retired model is replaced by its successor, with a warning', async () => {
    const { core } = shared;
    core.clock.set('2027-01-14');
    const { resolution, warnings } = await dryRun(core, { messages: hello, module: 'translate' });
    core.clock.set('2026-11-22');
    expect(resolution).toMatchObject({ model: 'gpt-6-luna', preset: 'translate-11-openai-gpt-6-luna' });
    expect(warnings.join()).toContain('translate now uses translate-11-openai-gpt-6-luna');
  });

  it('ComfyVN’s own default is used as it is', async () => {
    const input = { messages: hello, module: 'translate' };
    const core = chatCore('http://127.0.0.1:9', { env: { COMFYVN_LLM_REGISTRY: comfyvnRegistry } });
    const { resolution, options } = await dryRun(core, input);
    expect(resolution).toMatchObject({
      provider: 'lmstudio_local',
      model: 'phi-3-mini-4k-instruct',
      preset: null,
    });
    expect(options).toEqual({ temperature: 0.2, top_p: 0.8, max_tokens: 512 });
  });

  it('a runtime adapter can be named like a provider', async () => {
    const { core } = shared;
    await core.ask('runtime.register', {
      id: 'my-lab',
      provider: 'ollama_default',
      metadata: { models: ['tiny'] },
    });
    for (const input of [
      { provider: 'my-lab' },
      { model: 'my-lab' },
      { model: 'my-lab/tiny' },
      { model: 'tiny' },
    ]) {
      const { resolution } = await dryRun(core, { messages: hello, ...input });
      expect(resolution).toMatchObject({ provider: 'my-lab', model: 'tiny' });
    }
  });
});

describe('unresolvable requests', () => {
  it.each([
    [
      'an unknown provider',
      { provider: 'openai_publik', model: 'gpt-4o' },
      'unknown_provider',
      'did you mean "openai_public"',
    ],
    ['an unknown model', { model: 'gpt-4o-minni' }, 'unknown_model', 'did you mean "gpt-4o-mini"'],
    ['an unknown prefix', { model: 'nobody/gpt-4o' }, 'unknown_model', 'nobody/gpt-4o'],
    ['an unknown module', { module: 'translat' }, 'unknown_module', 'did you mean "translate"'],
    ['an unknown module as model', { model: 'module:cooking' }, 'unknown_module', 'cooking'],
    ['an unknown preset', { module: 'translate', preset: 'translate-99' }, 'not_found', 'translate-99'],
    [
      'an id that several providers list',
      { model: 'gpt-4o' },
      'ambiguous_model',
      'openai_public, azure_openai',
    ],
    ['an id from Object.prototype', { provider: 'constructor' }, 'unknown_provider', 'constructor'],
  ])('%s is reported by name', async (_, input, code, text) => {
    const error = await errorOf(shared.core, { messages: hello, ...input });
    expect(error.code).toBe(code);
    const listed = JSON.stringify(error.details);
    expect(error.message.includes(text) || text.split(', ').every((name) => listed.includes(name))).toBe(
      true,
    );
  });

  it('of several matching providers, the only one that is enabled and has its key is chosen', async () => {
    const core = chatCore('http://127.0.0.1:9', {
      files: { 'config/comfyvn.json': { features: { enable_llm_azure_openai: true } } },
    });
    const { resolution } = await dryRun(core, { messages: hello, model: 'gpt-4.1-mini' });
    expect(resolution).toMatchObject({ provider: 'azure_openai', via: 'listed-model' });
  });

  it('several usable providers: the error lists them and explains how to name one', async () => {
    const error = await errorOf(shared.core, { messages: hello, model: 'gpt-4.1-mini' });
    expect(error.details?.['providers']).toEqual(expect.arrayContaining(['azure_openai', 'openai_public']));
    expect(error.details?.['providers']).toHaveLength(2);
    expect(error.message).toContain('/gpt-4.1-mini');
  });

  it('an unlisted id under an explicit provider is passed on unchanged, with a warning', async () => {
    const { upstream, core } = shared;
    upstream.answer(whole(protocols.ollama.reply('well')));
    const answer = await answerOf(core, {
      provider: 'ollama_default',
      model: 'brand-new:7b',
      messages: hello,
    });
    expect(upstream.exchanges[0]!.json()['model']).toBe('brand-new:7b');
    expect(answer.warnings.join()).toContain('does not list "brand-new:7b"');
  });
});
