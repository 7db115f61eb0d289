import { beforeAll, describe, expect, test } from 'vitest';
import { afterTheBlock, testCore, type TestCore } from '../__fixtures__/test-core.ts';

const messages = [{ role: 'user', content: 'hi' }];

const atEnd = afterTheBlock();
let shared: TestCore;
beforeAll(() => void (shared = testCore({ atEnd })));

async function kindOf(entry: object, env: Record<string, string> = {}) {
  const { ask, refusal } = shared;
  Object.assign(shared.env, env);
  shared.write('config/llm/providers/mine.json', { name: 'mine', models: [{ id: 'm' }], ...entry });
  await ask('registry.refresh');
  const { providers, warnings } = await ask('registry.get');
  const view = providers.find((p) => p.name === 'mine');
  expect(warnings).toEqual([]);
  return { view, refusal, ask };
}

describe('a provider’s kind follows from its adapter and address', () => {
  const cases: [string, string, string][] = [
    ['lmstudio', 'http://127.0.0.1:1234/v1', 'local'],
    ['openai_compat', 'http://localhost:8080/v1', 'local'],
    ['openai_compat', 'http://[::1]:8080/v1', 'local'],
    ['openai_compat', 'http://192.168.1.20:8080/v1', 'cloud'],
    ['openai_compat', 'http://gpu.local:8080/v1', 'cloud'],
    ['lmstudio', 'http://192.168.1.20:1234/v1', 'cloud'],
    ['ollama', 'https://ollama.example.com', 'cloud'],
    ['proxy', 'http://10.0.0.9:8001/api/llm', 'cloud'],
    ['openai_compat', 'https://api.example.com/v1', 'cloud'],
    ['openai_compat', 'http://127.0.0.1.example.com/v1', 'cloud'],
    ['openai_compat', 'http://192.168.1.20.example.com/v1', 'cloud'],
    ['anthropic_compat', 'https://api.example.com/v1', 'cloud'],
    ['proxy', 'http://127.0.0.1:8001/api/llm', 'proxy'],
    ['openai', 'https://api.example.com/v1', 'cloud'],
  ];
  for (const [adapter, base, kind] of cases) {
    test(`${adapter} at ${base} is ${kind}`, async () => {
      const { view } = await kindOf({ adapter, base });
      expect([view?.kind, view?.enabled]).toEqual([kind, kind !== 'cloud']);
    });
  }
});

describe('a known cloud address makes a provider a cloud, whatever its entry says', () => {
  const hosts = [
    'https://api.openai.com/v1',
    'https://API.OpenAI.com:443/v1',
    'https://api.anthropic.com/v1',
    'https://generativelanguage.googleapis.com/v1beta/openai',
    'https://openrouter.ai/api/v1',
    'https://eu.api.openai.com/v1',
    'https://studio.openai.azure.com/openai/v1',
    'https://studio.cognitiveservices.azure.com/openai/v1',
    'https://studio.services.ai.azure.com/models',
    'https://europe-west4-aiplatform.googleapis.com/v1beta1/projects/p/locations/l/endpoints/openapi',
    'https://api.openai.com./v1',
  ];
  for (const base of hosts) {
    for (const text of [
      { kind: 'local' },
      { metadata: { kind: 'local' } },
      { kind: 'proxy' },
      { kind: 'stub' },
    ]) {
      test(`${base} ${JSON.stringify(text)}`, async () => {
        const { view, refusal } = await kindOf({ adapter: 'openai_compat', base, ...text });
        expect(view).toMatchObject({
          kind: 'cloud',
          enabled: false,
          flags: expect.arrayContaining(['enable_public_llm']),
        });
        expect(await refusal('chat.send', { provider: 'mine', messages })).toMatchObject({
          code: 'feature_disabled',
        });
      });
    }
  }

  test('an override in the environment cannot turn a local provider into a paid one', async () => {
    const { ask, refusal } = testCore({
      env: {
        COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: 'https://api.openai.com/v1',
        OPENAI_API_KEY: 'sk-0123456789abcdef',
      },
    });
    const view = (await ask('registry.get')).providers.find((p) => p.name === 'lmstudio_local');
    expect(view).toMatchObject({ kind: 'cloud', enabled: false });
    expect(
      await refusal('chat.send', { provider: 'lmstudio_local', model: 'gpt-4o', messages }),
    ).toMatchObject({ code: 'feature_disabled' });
    const test = await ask('chat.test', { registry_id: 'lmstudio_local', model: 'gpt-4o', messages });
    expect([test.dry_run, test.reply]).toEqual([true, '[dry run, nothing sent] hi']);
  });

  test('the user’s own provider at such an address has the vendor’s prices and lifecycle', async () => {
    const { view } = await kindOf({
      adapter: 'openai_compat',
      base: 'https://api.openai.com/v1',
      models: [{ id: 'gpt-4o' }],
    });
    expect(view?.models[0]).toMatchObject({
      pricing: { input: expect.any(Number) },
      lifecycle: { status: 'deprecated', shutdown: '2027-01-14' },
    });
  });

  test('a cloud provider moved to loopback stays a cloud: its flag is still required', async () => {
    const { ask } = testCore({ env: { COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: 'http://127.0.0.1:9/v1' } });
    expect((await ask('registry.get')).providers.find((p) => p.name === 'openai_public')).toMatchObject({
      kind: 'cloud',
      enabled: false,
    });
  });
});

test('a vendor’s key variable applies only to the vendor’s own origin, as anyone can have a subdomain', async () => {
  const env = { AZURE_OPENAI_API_KEY: 'azure-0123456789', OPENAI_API_KEY: 'sk-0123456789abcdef' };
  for (const base of ['https://stranger.openai.azure.com/openai/v1', 'https://eu.api.openai.com/v1']) {
    const { view } = await kindOf({ adapter: 'openai_compat', base }, env);
    expect(view?.credentials, base).toMatchObject({ present: false, source: null });
  }
  const { view } = await kindOf({ adapter: 'openai_compat', base: 'https://api.openai.com/v1' }, env);
  expect(view?.credentials).toMatchObject({ present: true, source: 'OPENAI_API_KEY' });
});

describe('switches', () => {
  test('"enabled": false in a file switches a provider off, whatever the flags say', async () => {
    const files = {
      'config/comfyvn.json': { features: { enable_public_llm: true } },
      'config/llm/providers/mine.json': {
        name: 'mine',
        adapter: 'lmstudio',
        base: 'http://127.0.0.1:9/v1',
        enabled: false,
        models: [{ id: 'm' }],
      },
    };
    const { ask, refusal } = testCore({ files });
    expect((await ask('registry.get')).providers.filter((p) => !p.enabled).map((p) => p.name)).toEqual([
      'mine',
    ]);
    expect(await refusal('chat.send', { provider: 'mine', messages })).toMatchObject({
      code: 'feature_disabled',
      message: expect.stringContaining('"enabled": false'),
    });
  });

  for (const [flag, on] of [
    [
      'enable_public_llm',
      ['anthropic_public', 'azure_openai', 'google_gemini', 'openai_public', 'openrouter'],
    ],
    ['enable_llm_openai_public', ['openai_public']],
    ['enable_llm_openai', ['openai_public']],
    ['enable_llm_anthropic', ['anthropic_public']],
    ['enable_llm_gemini', ['google_gemini']],
    ['enable_llm_azure_openai', ['azure_openai']],
  ] as const) {
    test(`features.${flag} enables ${on.join(', ')} and no other`, async () => {
      const { ask } = testCore({ files: { 'config/comfyvn.json': { features: { [flag]: true } } } });
      expect(
        (await ask('registry.get')).providers
          .filter((p) => p.kind === 'cloud' && p.enabled)
          .map((p) => p.name),
      ).toEqual(on);
    });
  }

  test('only the boolean true is on: "true", 1 and "false" leave a paid connector off', async () => {
    for (const value of ['true', 1, 'false', null, {}]) {
      const { ask } = testCore({
        files: { 'config/comfyvn.json': { features: { enable_public_llm: value } } },
      });
      expect(
        (await ask('registry.get')).providers.some((p) => p.kind === 'cloud' && p.enabled),
        JSON.stringify(value),
      ).toBe(false);
    }
  });
});
