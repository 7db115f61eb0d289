import { describe, expect, test } from 'vitest';
import { testCore, type TestCore } from '../__fixtures__/test-core.ts';
import { OwnNetworks } from '../net/own-networks.ts';

const messages = [{ role: 'user', content: 'hi' }];
const studio = 'http://192.168.1.20:1234';
const files = (base = `${studio}/v1`, overrides = {}) => ({
  'config/llm/providers/box.json': {
    name: 'box',
    adapter: 'lmstudio',
    base,
    models: [{ id: 'm' }],
    ...overrides,
  },
});
const box = async ({ ask }: TestCore) => {
  const { providers, networks, warnings } = await ask('registry.get');
  const found = providers.find(({ name }) => name === 'box');
  return { kind: found?.kind, enabled: found?.enabled, networks, warnings };
};

describe('a host outside this machine is cloud', () => {
  test.each([
    ['in the office', `${studio}/v1`, {}],
    ['with a local host name', 'http://gpu.local:1234/v1', {}],
    ['whatever its file says', `${studio}/v1`, { kind: 'local' }],
    ['whatever ComfyVN’s field for it says', `${studio}/v1`, { metadata: { kind: 'local' } }],
    ['as a proxy', 'http://10.0.0.9:8001/api/llm', { adapter: 'proxy' }],
    ['on the internet', 'https://gpu.example.com/v1', { kind: 'local' }],
  ])('%s', async (_, base, overrides) => {
    const core = testCore({ files: files(base, overrides) });
    expect(await box(core)).toMatchObject({ kind: 'cloud', enabled: false });
    const error = await core.refusal('chat.send', { provider: 'box', messages });
    expect(error.code).toBe('feature_disabled');
    expect(error.message.includes('COMFYVN_LLM_OWN_NETWORKS')).toBe(!base.includes('example.com'));
  });

  test('a provider file cannot mark its network as the user’s own', async () => {
    const text = {
      own_networks: [studio],
      metadata: { own_networks: [studio] },
      settings: { own_networks: [studio] },
    };
    expect((await box(testCore({ files: files(undefined, text) }))).kind).toBe('cloud');
  });

  test('loopback is local, under any of its names', async () => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '127.8.8.8', 'models.localhost'])
      expect((await box(testCore({ files: files(`http://${host}:1234/v1`) }))).kind, host).toBe('local');
  });
});

describe('COMFYVN_LLM_OWN_NETWORKS', () => {
  test.each([studio, '192.168.1.20:1234', '192.168.1.20', '192.168.1.0/24', ' 10.0.0.0/8,192.168.0.0/16 '])(
    '%s makes it local',
    async (text) => {
      const core = testCore({ files: files(), env: { COMFYVN_LLM_OWN_NETWORKS: text } });
      expect(await box(core)).toEqual({ kind: 'local', enabled: true, networks: [], warnings: [] });
    },
  );

  test.each(['http://192.168.1.20:9', '192.168.2.0/24', '192.168.1.21'])('%s stays cloud', async (text) => {
    const core = testCore({ files: files(), env: { COMFYVN_LLM_OWN_NETWORKS: text } });
    expect((await box(core)).kind).toBe('cloud');
  });

  test.each([
    ['8.8.8.8', 'public'],
    ['http://93.184.216.34', 'public'],
    ['0.0.0.0/0', 'private ranges'],
    ['10.0.0.0/7', 'private ranges'],
    ['169.254.0.0/16', 'private ranges'],
    ['https://api.openai.com', 'vendor'],
    ['studio.openai.azure.com', 'vendor'],
    ['http://me:pw@192.168.1.20', 'neither an origin'],
  ])('%s is ignored, with a warning that does not repeat it', async (text, words) => {
    const core = testCore({ files: files(), env: { COMFYVN_LLM_OWN_NETWORKS: text } });
    const { kind, warnings } = await box(core);
    expect(kind).toBe('cloud');
    expect(warnings).toEqual([expect.stringContaining(words)]);
    expect(warnings[0]).toMatch(/^COMFYVN_LLM_OWN_NETWORKS: entry 1 /);
    expect(warnings[0]).not.toContain('pw');
  });

  test('a vendor’s address stays a cloud', async () => {
    const core = testCore({
      files: files('https://studio.openai.azure.com/openai/v1', { adapter: 'openai_compat' }),
      env: { COMFYVN_LLM_OWN_NETWORKS: 'https://studio.openai.azure.com' },
    });
    expect((await box(core)).kind).toBe('cloud');
  });

  test('applies to runtime adapters too', async () => {
    const register = {
      id: 'lan',
      provider: 'lmstudio',
      metadata: { base_url: `${studio}/v1`, models: ['m'] },
    };
    const plain = testCore();
    await plain.ask('runtime.register', register);
    expect(await plain.refusal('chat.send', { provider: 'lan', messages })).toMatchObject({
      code: 'feature_disabled',
      message: expect.stringContaining(`if ${studio} is in your own network`),
    });
    const own = testCore({ env: { COMFYVN_LLM_OWN_NETWORKS: studio } });
    await own.ask('runtime.register', register);
    const plan = await own.ask('chat.send', { provider: 'lan', messages, dry_run: true });
    expect(plan).toMatchObject({ estimate: { cost: { max: 0 } } });
  });
});

describe('the user is asked once', () => {
  test('about a private address, with the providers there', async () => {
    const more = {
      'config/llm/providers/two.json': { name: 'two', adapter: 'ollama', base: 'http://10.0.0.5:11434' },
    };
    const core = testCore({
      files: { ...files(), ...more },
      env: { COMFYVN_LLM_OLLAMA_DEFAULT_BASE_URL: 'http://10.0.0.5:11434' },
    });
    expect((await box(core)).networks).toEqual([
      { origin: 'http://10.0.0.5:11434', providers: ['ollama_default', 'two'] },
      { origin: studio, providers: ['box'] },
    ]);
  });

  test.each(['http://gpu-box:1234', 'http://host.docker.internal:1234', 'http://gpu.local:1234'])(
    'about a name that no public host can have: %s',
    async (origin) => {
      const core = testCore({ files: files(`${origin}/v1`) });
      expect((await box(core)).networks).toEqual([{ origin, providers: ['box'] }]);
    },
  );

  test('but not about a cloud provider or a public address', async () => {
    expect((await box(testCore({ files: files(undefined, { kind: 'cloud' }) }))).networks).toEqual([]);
    expect((await box(testCore({ files: files('https://gpu.example.com/v1') }))).networks).toEqual([]);
  });

  test('yes applies at once, no is remembered, and both can be undone', async () => {
    const core = testCore({ files: files() });
    expect(await core.ask('providers.ownNetwork', { origin: `${studio}/`, own: true })).toEqual({
      origin: studio,
      own: true,
      providers: ['box'],
    });
    expect(await box(core)).toMatchObject({ kind: 'local', networks: [] });
    expect(await core.ask('settings.get')).toMatchObject({ own_networks: [studio], foreign_networks: [] });
    await core.ask('providers.ownNetwork', { origin: studio, own: false });
    expect(await box(core)).toMatchObject({ kind: 'cloud', networks: [] });
    expect(await core.ask('settings.get')).toMatchObject({ own_networks: [], foreign_networks: [studio] });
  });

  test.each(['8.8.8.8', 'http://8.8.8.8', 'https://api.openai.com', 'box', 'ftp://192.168.1.20', ''])(
    'an invalid network is refused: %j',
    async (origin) => {
      expect(await testCore().refusal('providers.ownNetwork', { origin, own: true })).toMatchObject({
        code: 'invalid_request',
        details: { fields: [{ path: 'origin' }] },
      });
    },
  );
});

test('IPv4 and IPv6 ranges work', () => {
  const own = new OwnNetworks(['fd12:3456::/32', '172.16.0.0/12']);
  expect(own.problems).toEqual([]);
  expect(
    ['http://[fd12:3456::9]:1', 'http://172.31.255.255', 'http://172.32.0.1', 'http://[fd13::1]'].map((url) =>
      own.has(url),
    ),
  ).toEqual([true, true, false, false]);
});
