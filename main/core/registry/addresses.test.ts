import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AdapterName } from '../../../contract/provider.ts';
import { testCore } from '../__fixtures__/test-core.ts';
import { openAiReply, startUpstream } from '../__fixtures__/upstream.ts';

const messages = [{ role: 'user', content: 'hi' }];

/** Every way to enter an address; each returns the resulting provider. */
const places = {
  async variable(base: string) {
    const core = testCore({
      env: { COMFYVN_LLM_MINE_BASE_URL: base },
      files: {
        'config/llm/providers/mine.json': entry(
          adapter === 'ollama' ? 'http://127.0.0.1:9' : 'http://127.0.0.1:9/v1',
        ),
      },
    });
    const { warnings } = await core.ask('registry.get');
    return { ...core, warnings };
  },
  async 'provider file'(base: string) {
    const core = testCore({ files: { 'config/llm/providers/mine.json': entry(base) } });
    const { warnings } = await core.ask('registry.get');
    return { ...core, warnings };
  },
  async "ComfyVN's registry file"(base: string) {
    const core = testCore();
    core.env['COMFYVN_LLM_REGISTRY'] = core.write('registry.json', { providers: [entry(base)] });
    const { warnings } = await core.ask('registry.refresh');
    return { ...core, warnings };
  },
  async registration(base: string) {
    const core = testCore();
    const { adapter, name, models } = entry(base);
    const metadata = { base_url: base, models: models.map(({ id }) => id) };
    const { warnings } = await core.ask('runtime.register', { id: name, provider: adapter, metadata });
    return { ...core, warnings };
  },
  async "the panel's form"(base: string) {
    const core = testCore();
    const { warnings } = await core.ask('providers.save', { provider: entry(base) });
    return { ...core, warnings };
  },
};

let adapter: AdapterName = 'openai_compat';
const entry = (base: string) => ({ name: 'mine', adapter, base, models: [{ id: 'm' }] });

async function pathCalled(location: keyof typeof places, written: (url: string) => string) {
  const upstream = await startUpstream(openAiReply('ok'));
  const { ask, warnings } = await places[location](written(upstream.url));
  await ask('chat.send', { provider: 'mine', messages, retries: 0 }).catch(() => undefined);
  return { path: upstream.requests[0]?.path, warnings };
}

describe.each(Object.keys(places) as (keyof typeof places)[])('an address written in %s', (location) => {
  test.each<[string, AdapterName, (url: string) => string, string]>([
    ['an endpoint', 'openai_compat', (url) => `${url}/v1/chat/completions`, '/v1/chat/completions'],
    ['no version', 'openai_compat', (url) => url, '/v1/chat/completions'],
    ['a doubled version', 'lmstudio', (url) => `${url}/v1/v1/`, '/v1/chat/completions'],
    ["Ollama's endpoint", 'ollama', (url) => `${url}/api/chat`, '/api/chat'],
    ["Ollama's other protocol", 'ollama', (url) => `${url}/v1`, '/api/chat'],
    ["Anthropic's endpoint", 'anthropic_compat', (url) => `${url}/v1/messages`, '/v1/messages'],
    [
      "Anthropic's address without its version",
      'anthropic_compat',
      (url) => `${url}/anthropic`,
      '/anthropic/v1/messages',
    ],
    ["a proxy's endpoint", 'proxy', (url) => `${url}/api/llm/chat`, '/api/llm/chat'],
    ['quotation marks', 'openai_compat', (url) => ` "${url}/v1", `, '/v1/chat/completions'],
    ['a fragment', 'openai_compat', (url) => `${url}/v1#models`, '/v1/chat/completions'],
  ])('%s is corrected, with a notice', async (_, protocol, written, expected) => {
    adapter = protocol;
    const { path, warnings } = await pathCalled(location, written);
    expect(path).toBe(expected);
    expect(warnings).toEqual([expect.stringContaining('is used as http://127.0.0.1:')]);
  });

  test('a query goes after the path, before the protocol’s own', async () => {
    adapter = 'openai_compat';
    const { path, warnings } = await pathCalled(location, (url) => `${url}/v1?api-version=preview&x=1`);
    expect(path).toBe('/v1/chat/completions?api-version=preview&x=1');
    expect(warnings).toEqual([]);
  });

  test('a server without a version in its path is named by its full endpoint', async () => {
    adapter = 'openai_compat';
    const { path, warnings } = await pathCalled(location, (url) => `${url}/chat/completions`);
    expect(path).toBe('/chat/completions');
    expect(warnings).toEqual([]);
  });

  test('upper case, a default port and trailing slashes give no notice', async () => {
    adapter = 'openai_compat';
    const { path, warnings } = await pathCalled(location, (url) => `${url.replace('http', 'HTTP')}/v1//`);
    expect(path).toBe('/v1/chat/completions');
    expect(warnings).toEqual([]);
  });
});

describe('an unusable address is refused with the address that is meant, and without its credential', () => {
  const bad = [
    ['127.0.0.1:1234/v1', 'did you mean http://127.0.0.1:1234/v1?'],
    ['http://::1:1234/v1', 'did you mean http://[::1]:1234/v1?'],
    ['http://me:hunter22@127.0.0.1:9/v1', 'did you mean http://127.0.0.1:9/v1?'],
    ['https://api.example.com/v1?api_key=hunter22', 'did you mean https://api.example.com/v1?'],
    ['ftp://127.0.0.1/hunter22', 'is not an http or https URL'],
  ] as const;
  test.each(bad)('%s', async (base, words) => {
    adapter = 'openai_compat';
    const { warnings } = await places.variable(base);
    const core = testCore();
    core.env['COMFYVN_LLM_REGISTRY'] = core.write('registry.json', { providers: [entry(base)] });
    const answers = [
      warnings.join(),
      (await core.refusal('registry.refresh')).message,
      (
        await testCore({ files: { 'config/llm/providers/mine.json': entry(base) } }).ask('registry.get')
      ).warnings.join(),
      (
        await testCore().refusal('runtime.register', {
          id: 'x',
          provider: adapter,
          metadata: { base_url: base },
        })
      ).message,
      (await testCore().refusal('providers.save', { provider: entry(base) })).message,
    ];
    for (const answer of answers) {
      expect(answer).toContain(words);
      expect(answer).not.toContain('hunter22');
    }
  });
});

describe('a pasted Azure endpoint', () => {
  const azure = {
    name: 'studio',
    adapter: 'azure_openai',
    base: 'https://studio.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2025-01-01-preview',
    models: [{ id: 'gpt' }],
  };

  test('gives its API version to calls, once and in the query', async () => {
    const { ask } = testCore({ files: { 'config/llm/providers/studio.json': azure } });
    const answer = await ask('chat.send', { provider: 'studio', model: 'gpt', messages, dry_run: true });
    expect(answer).toHaveProperty(
      'plan.url',
      'https://studio.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2025-01-01-preview',
    );
  });

  test('a variable’s version takes precedence over the file’s setting, and is not written into the file', async () => {
    const { ask } = testCore({
      env: { COMFYVN_LLM_STUDIO_BASE_URL: 'https://other.openai.azure.com/?api-version=2024-10-21' },
      files: { 'config/llm/providers/studio.json': { ...azure, settings: { api_version: '2024-06-01' } } },
    });
    const answer = await ask('chat.send', { provider: 'studio', model: 'gpt', messages, dry_run: true });
    expect(answer).toHaveProperty(
      'plan.url',
      'https://other.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21',
    );
    expect((await ask('providers.get', { name: 'studio' })).provider.settings).toEqual({
      api_version: '2024-06-01',
    });
  });
});

test('a runtime adapter without a version in its address is saved as a file that reads back the same', async () => {
  const upstream = await startUpstream(openAiReply('ok'));
  const { ask } = testCore();
  const metadata = { base_url: `${upstream.url}/chat/completions?x=1`, models: ['m'] };
  await ask('runtime.register', { id: 'root', provider: 'openai_compat', metadata });
  const { file } = await ask('providers.keep', { id: 'root' });
  await ask('chat.send', { provider: 'root', messages });
  expect(upstream.requests[0]?.path).toBe('/chat/completions?x=1');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    base: `${upstream.url}/chat/completions?x=1`,
  });
});

test('a saved file has the address as it is used', async () => {
  adapter = 'openai_compat';
  const { ask, root } = testCore();
  await ask('providers.save', { provider: entry('"http://127.0.0.1:9/v1/models"') });
  const file = readFileSync(join(root, 'config/llm/providers/mine.json'), 'utf8');
  expect(JSON.parse(file)).toMatchObject({ base: 'http://127.0.0.1:9/v1' });
  expect((await ask('registry.get')).warnings).toEqual([]);
});
