import { describe, expect, test } from 'vitest';
import { testCore } from '../__fixtures__/test-core.ts';
import { openAiReply, startUpstream } from '../__fixtures__/upstream.ts';
import { envName } from './environment.ts';

const messages = [{ role: 'user', content: 'hi' }];
const provider = async (env: Record<string, string>, name: string, files: Record<string, unknown> = {}) => {
  const view = await testCore({ env, files }).ask('registry.get');
  return { warnings: view.warnings, ...view.providers.find((p) => p.name === name) };
};

test('a variable’s name is the provider’s in capitals, with an underscore for every other run of characters', () => {
  expect(['openai_public', 'my-box', 'a.b--c', 'Überbox'].map(envName)).toEqual([
    'OPENAI_PUBLIC',
    'MY_BOX',
    'A_B_C',
    '_BERBOX',
  ]);
});

describe('an override reaches the provider', () => {
  test('address, headers and key of a local provider', async () => {
    const upstream = await startUpstream(openAiReply('ok'));
    const { ask } = testCore({
      env: {
        COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: ` ${upstream.url}/lm/v1// `,
        COMFYVN_LLM_LMSTUDIO_LOCAL_HEADERS: '{"X-Studio": "a studio", "X-N": 5}',
        COMFYVN_LLM_LMSTUDIO_LOCAL_API_KEY: 'local-key-0123456789',
      },
    });
    await ask('chat.send', { provider: 'lmstudio_local', messages });
    expect(upstream.requests[0]).toMatchObject({
      path: '/lm/v1/chat/completions',
      headers: { 'x-studio': 'a studio', 'x-n': '5', authorization: 'Bearer local-key-0123456789' },
    });
  });

  test('a provider’s alias works in a variable’s name; its own name takes precedence', async () => {
    const alias = {
      COMFYVN_LLM_OPENROUTER_HUB_BASE_URL: 'http://127.0.0.1:1/alias',
      COMFYVN_LLM_OPENROUTER_HUB_API_KEY: 'alias-key-0123456789',
    };
    expect(await provider(alias, 'openrouter')).toMatchObject({
      base: 'http://127.0.0.1:1/alias',
      credentials: { source: 'COMFYVN_LLM_OPENROUTER_HUB_API_KEY' },
    });
    const both = { ...alias, COMFYVN_LLM_OPENROUTER_BASE_URL: 'http://127.0.0.1:1/own' };
    expect(await provider(both, 'openrouter')).toMatchObject({ base: 'http://127.0.0.1:1/own' });
  });

  test('the variable that sets an address or a time-out is named, but not one that a file overrides', async () => {
    const env = {
      COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: 'http://127.0.0.1:1/v1',
      COMFYVN_LLM_LMSTUDIO_LOCAL_TIMEOUT: '7',
      COMFYVN_LLM_DEFAULT_TIMEOUT: '9',
    };
    expect(await provider(env, 'lmstudio_local')).toMatchObject({
      base_url: 'http://127.0.0.1:1/v1',
      base_url_from: 'COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL',
      timeout: 7,
      timeout_from: 'COMFYVN_LLM_LMSTUDIO_LOCAL_TIMEOUT',
    });
    expect(await provider(env, 'ollama_default')).toMatchObject({ base_url_from: null, timeout_from: null });
  });

  test('an empty variable is ignored', async () => {
    const env = {
      COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: ' ',
      COMFYVN_LLM_LMSTUDIO_LOCAL_HEADERS: '',
      COMFYVN_LLM_DEFAULT_TIMEOUT: '',
    };
    expect(await provider(env, 'lmstudio_local')).toMatchObject({
      base: 'http://127.0.0.1:1234/v1',
      timeout: 300,
      warnings: [],
    });
  });
});

describe('time-outs, in seconds', () => {
  const file = {
    'config/llm/providers/slow.json': {
      name: 'slow',
      adapter: 'lmstudio',
      base: 'http://127.0.0.1:9/v1',
      timeout: 900,
    },
  };

  test('a provider’s own variable takes precedence over its file, and its file over the global default', async () => {
    const env = { COMFYVN_LLM_DEFAULT_TIMEOUT: '45', COMFYVN_LLM_OLLAMA_DEFAULT_TIMEOUT: '1.5' };
    expect((await provider(env, 'ollama_default')).timeout).toBe(1.5);
    expect((await provider(env, 'lmstudio_local')).timeout).toBe(45);
    expect((await provider(env, 'openai_public')).timeout).toBe(45);
    expect((await provider(env, 'slow', file)).timeout).toBe(900);
    expect((await provider({ COMFYVN_LLM_SLOW_TIMEOUT: '5' }, 'slow', file)).timeout).toBe(5);
  });

  test('default to 30 s for a cloud, and 300 s where a model may have to be loaded first', async () => {
    expect((await provider({}, 'openai_public')).timeout).toBe(30);
    expect((await provider({}, 'ollama_default')).timeout).toBe(300);
  });
});

describe('an invalid value is ignored, with a warning that names the variable but not its content', () => {
  const secret = 'sk-secret-0123456789';
  const bad: [string, string][] = [
    ['COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL', `not a url ${secret}`],
    ['COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL', `ftp://${secret}/`],
    ['COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL', `127.0.0.1:1234/${secret}`],
    ['COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL', `http://me:${secret}@127.0.0.1/v1`],
    ['COMFYVN_LLM_LMSTUDIO_LOCAL_HEADERS', `{"authorization": "${secret}"`],
    ['COMFYVN_LLM_LMSTUDIO_LOCAL_HEADERS', `["${secret}"]`],
    ['COMFYVN_LLM_LMSTUDIO_LOCAL_HEADERS', `{"x": {"y": "${secret}"}}`],
    ['COMFYVN_LLM_LMSTUDIO_LOCAL_HEADERS', `{"x": "${secret}\\r\\nHost: evil.example"}`],
    ['COMFYVN_LLM_LMSTUDIO_LOCAL_HEADERS', `{"x y": "${secret}"}`],
    ['COMFYVN_LLM_LMSTUDIO_LOCAL_TIMEOUT', secret],
    ['COMFYVN_LLM_LMSTUDIO_LOCAL_TIMEOUT', '-1'],
    ['COMFYVN_LLM_LMSTUDIO_LOCAL_TIMEOUT', '0'],
    ['COMFYVN_LLM_LMSTUDIO_LOCAL_TIMEOUT', '99999'],
  ];
  for (const [name, value] of bad) {
    test(`${name.replace(/.*LOCAL_/, '')} = ${value}`, async () => {
      const found = await provider({ [name]: value }, 'lmstudio_local');
      expect(found).toMatchObject({ base: 'http://127.0.0.1:1234/v1', timeout: 300 });
      expect(found.warnings).toEqual([expect.stringContaining(name)]);
      expect(JSON.stringify(found)).not.toContain('sk-secret');
    });
  }

  test('an invalid global default is reported once, not once per provider', async () => {
    const found = await provider({ COMFYVN_LLM_DEFAULT_TIMEOUT: 'soon' }, 'lmstudio_local');
    expect(found.warnings).toEqual([expect.stringContaining('COMFYVN_LLM_DEFAULT_TIMEOUT')]);
  });
});
