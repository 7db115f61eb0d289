import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testCli } from './__fixtures__/test-cli.ts';

const provider = { name: 'mine', adapter: 'openai_compat', base: 'http://127.0.0.1:9/v1' };
const preset = {
  id: 'own',
  provider: 'stub',
  model: 'stub-echo',
  options: {},
  notes: '',
};
const presets = (overrides: object) => ({
  version: 1,
  active: null,
  presets: [preset],
  edits: {},
  ...overrides,
});
const pack = {
  module: 'translate',
  title: 'Mine',
  version: '1.0.0',
  description: '',
  tags: [],
  options: {},
  variables: [{ name: 'text', type: 'string', required: true, description: 'what', sample: 'x' }],
  checks: [],
};
const packFiles = (overrides: Record<string, unknown>) => ({
  'config/llm/packs/translate/pack.json': pack,
  'config/llm/packs/translate/system.md': 'Translate.',
  'config/llm/packs/translate/template.md': '{{ text }}',
  'config/llm/packs/translate/output.schema.json': {},
  ...overrides,
});

interface Planted {
  what: string;
  files?: Record<string, unknown>;
  env?: Record<string, string>;
  /** A path below the runtime root, or `environment`. */
  file: string;
  path: string;
  reason: RegExp;
  severity?: 'warning';
}

const p = 'config/llm/providers/mine.json';
const s = 'config/llm/presets/translate.json';
const k = 'config/llm/packs/translate';

const planted: Planted[] = [
  {
    what: 'flags that are not JSON',
    files: { 'config/comfyvn.json': '{"features": ' },
    file: 'config/comfyvn.json',
    path: '',
    reason: /not JSON/,
  },
  {
    what: 'features that are not an object',
    files: { 'config/comfyvn.json': { features: [] } },
    file: 'config/comfyvn.json',
    path: 'features',
    reason: /object/,
  },
  {
    what: 'a flag in quotes',
    files: { 'config/comfyvn.json': { features: { enable_public_llm: 'true' } } },
    file: 'config/comfyvn.json',
    path: 'features.enable_public_llm',
    reason: /neither true nor false/,
  },
  {
    what: 'a setting out of range',
    files: { 'panel.json': { text_size: 500 } },
    file: 'panel.json',
    path: 'text_size',
    reason: /130/,
  },
  {
    what: 'a provider without an address',
    files: { [p]: { name: 'mine', adapter: 'openai_compat' } },
    file: p,
    path: 'base',
    reason: /string/,
  },
  {
    what: 'an unknown adapter',
    files: { [p]: { ...provider, adapter: 'openia' } },
    file: p,
    path: 'adapter',
    reason: /./,
  },
  {
    what: 'a key in an address',
    files: { [p]: { ...provider, base: 'http://u:pw@h.example/v1' } },
    file: p,
    path: 'base',
    reason: /credential/,
  },
  {
    what: 'an endpoint instead of a base URL',
    files: { [p]: { ...provider, base: 'http://127.0.0.1:9/v1/chat/completions' } },
    file: p,
    path: 'base',
    reason: /^is used as http:\/\/127\.0\.0\.1:9\/v1: /,
    severity: 'warning',
  },
  {
    what: 'an address without a scheme',
    files: { [p]: { ...provider, base: '127.0.0.1:9/v1' } },
    file: p,
    path: 'base',
    reason: /did you mean http:\/\/127\.0\.0\.1:9\/v1\?/,
  },
  {
    what: 'a key in a header after a wrong prefix',
    files: { [p]: { ...provider, headers: { 'x-api-key': 'Bearer sk-0123456789' } } },
    file: p,
    path: 'headers.x-api-key',
    reason: /space in it/,
  },
  {
    what: 'a header with a line break',
    files: { [p]: { ...provider, headers: { 'x-a': 'a\nb' } } },
    file: p,
    path: 'headers.x-a',
    reason: /header/,
  },
  {
    what: 'a model without an id',
    files: { [p]: { ...provider, models: [{ label: 'x' }] } },
    file: p,
    path: 'models[0].id',
    reason: /string/,
  },
  {
    what: 'a misspelt field',
    files: { [p]: { ...provider, modles: [] } },
    file: p,
    path: 'modles',
    reason: /did you mean "models"/,
    severity: 'warning',
  },
  {
    what: 'two files with the same provider name',
    files: { [p]: provider, 'config/llm/providers/other.json': provider },
    file: 'config/llm/providers/other.json',
    path: 'name',
    reason: /already the name in/,
  },
  {
    what: 'a preset whose options are a list',
    files: { [s]: presets({ presets: [{ ...preset, options: [] }] }) },
    file: s,
    path: 'presets[0].options',
    reason: /./,
  },
  {
    what: 'a preset of an unknown provider',
    files: { [s]: presets({ presets: [{ ...preset, provider: 'openai_pubic' }] }) },
    file: s,
    path: 'presets[0].provider',
    reason: /not a provider/,
  },
  {
    what: 'an unknown active preset',
    files: { [s]: presets({ active: 'gone' }) },
    file: s,
    path: 'active',
    reason: /"gone" is not a preset/,
  },
  {
    what: 'an invalid schema',
    files: { [s]: presets({ presets: [{ ...preset, schema: { type: 'strnig' } }] }) },
    file: s,
    path: 'presets[0].schema',
    reason: /schema/,
  },
  {
    what: 'presets of an unknown module',
    files: { 'config/llm/presets/transalte.json': presets({}) },
    file: 'config/llm/presets/transalte.json',
    path: '',
    reason: /no module/,
  },
  {
    what: 'a retired model',
    files: {
      [s]: presets({
        presets: [{ ...preset, provider: 'anthropic_public', model: 'claude-3-haiku-20240307' }],
      }),
    },
    file: s,
    path: 'presets[0].model',
    reason: /retired; its successor is/,
    severity: 'warning',
  },
  {
    what: 'a pack without a template',
    files: { ...packFiles({}), [`${k}/template.md`]: '{{ text' },
    file: `${k}/template.md`,
    path: '',
    reason: /./,
  },
  {
    what: 'a template that reads an unknown variable',
    files: packFiles({ [`${k}/template.md`]: '{{ txet }}' }),
    file: `${k}/template.md`,
    path: '',
    reason: /"txet" is no variable/,
  },
  {
    what: 'a pack in the wrong folder',
    files: packFiles({ [`${k}/pack.json`]: { ...pack, module: 'vn_chat' } }),
    file: `${k}/pack.json`,
    path: 'module',
    reason: /name of its folder/,
  },
  {
    what: 'a sample with invalid variables',
    files: packFiles({ [`${k}/samples/a.json`]: { title: 'A', variables: {} } }),
    file: `${k}/samples/a.json`,
    path: 'variables',
    reason: /text/,
  },
  {
    what: 'the overlay of another provider',
    files: { 'config/llm/overlays/stub.json': { version: 1, provider: 'other', models: [] } },
    file: 'config/llm/overlays/stub.json',
    path: '',
    reason: /./,
  },
  {
    what: 'a time-out that is not a number',
    env: { COMFYVN_LLM_OLLAMA_DEFAULT_TIMEOUT: 'soon' },
    file: 'environment',
    path: 'COMFYVN_LLM_OLLAMA_DEFAULT_TIMEOUT',
    reason: /number of seconds/,
  },
  {
    what: 'an endpoint in a variable',
    env: { COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: 'https://api.example.com/v1/chat/completions' },
    file: 'environment',
    path: 'COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL',
    reason: /^is used as https:\/\/api\.example\.com\/v1: /,
    severity: 'warning',
  },
  {
    what: 'an unusable address in a variable',
    env: { COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: 'api.example.com/v1' },
    file: 'environment',
    path: 'COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL',
    reason: /did you mean https:\/\/api\.example\.com\/v1\?/,
  },
  {
    what: 'a key in quotation marks',
    env: { OPENAI_API_KEY: '"sk-0123456789"' },
    file: 'environment',
    path: 'OPENAI_API_KEY',
    reason: /quotation mark/,
  },
  {
    what: 'an invalid proxy',
    env: { HTTPS_PROXY: 'socks5://127.0.0.1:1080' },
    file: 'environment',
    path: 'HTTPS_PROXY',
    reason: /not the address of an http or https proxy/,
  },
  {
    what: 'an own network that is public',
    env: { COMFYVN_LLM_OWN_NETWORKS: '192.168.1.0/24, 8.8.8.8' },
    file: 'environment',
    path: 'COMFYVN_LLM_OWN_NETWORKS',
    reason: /public address/,
  },
  {
    what: 'a budget that is not an amount',
    env: { COMFYVN_LLM_DAILY_BUDGET_USD: 'two' },
    file: 'environment',
    path: 'COMFYVN_LLM_DAILY_BUDGET_USD',
    reason: /amount/,
  },
];

interface Report {
  ok: boolean;
  faults: { severity: string; file: string; path: string; reason: string }[];
}

describe('check finds a planted fault, with its file, position and reason', () => {
  for (const { what, files = {}, env = {}, file, path, reason, severity = 'error' } of planted) {
    test(`${what}, and nothing else`, async () => {
      const cli = testCli({ files, env });
      const run = await cli.run('check', '--strict', '--json');
      const { faults } = run.json() as Report;
      const where = file === 'environment' ? file : join(cli.root, file);
      expect(faults).toEqual([{ severity, file: where, path, reason: expect.stringMatching(reason) }]);
      expect(run.code).toBe(3);
    });
  }

  const registry = (overrides: object) => ({ providers: [provider], ...overrides });
  const comfyvn: { what: string; content: unknown; path: string; reason: RegExp; severity?: string }[] = [
    { what: 'has no list of providers', content: { providers: {} }, path: 'providers', reason: /./ },
    {
      what: 'names a provider twice',
      content: registry({ providers: [provider, provider] }),
      path: 'providers[1].name',
      reason: /already/,
    },
    {
      what: 'has an endpoint instead of a base URL',
      content: { providers: [{ ...provider, base: '"http://127.0.0.1:9/v1/models"' }] },
      path: 'providers[0].base',
      reason: /^is used as http:\/\/127\.0\.0\.1:9\/v1: /,
      severity: 'warning',
    },
    ...[
      { name: 'llm_panel', adapter: 'proxy', base: 'http://127.0.0.1:8000/api/llm' },
      { name: 'panel', adapter: 'openai_compat', base: 'http://localhost:8000/v1', models: [] },
    ].map((entry) => ({
      what: `leads to the panel (${entry.adapter}) without a list of models`,
      content: { providers: [entry] },
      path: 'providers[0].models',
      reason: /503.*"module:vn_chat"/,
      severity: 'warning',
    })),
    {
      what: 'has an unknown default',
      content: registry({ defaults: { provider: 'nobody' } }),
      path: 'defaults.provider',
      reason: /not a provider/,
    },
    {
      what: 'has a retired module default',
      content: registry({
        defaults: {
          modules: { translate: { provider: 'anthropic_public', model: 'claude-3-haiku-20240307' } },
        },
      }),
      path: 'defaults.modules.translate.model',
      reason: /retired/,
      severity: 'warning',
    },
  ];
  for (const { what, content, path, reason, severity = 'error' } of comfyvn)
    test(`a ComfyVN file that ${what}`, async () => {
      const cli = testCli();
      const file = cli.write('registry.json', content);
      const named = testCli({ env: { COMFYVN_LLM_REGISTRY: file } });
      const { faults } = (await named.run('check', '--strict', '--json')).json() as Report;
      expect(faults).toEqual([{ severity, file, path, reason: expect.stringMatching(reason) }]);
    });

  test('one fault does not hide another in the same or in a different file', async () => {
    const cli = testCli({
      files: {
        [p]: { name: 'mine', adapter: 'openia', base: 1 },
        [s]: presets({ active: 'gone', presets: [{ ...preset, provider: 'mine' }] }),
        'panel.json': { text_size: 500 },
      },
    });
    const { faults } = (await cli.run('check', '--json')).json() as Report;
    expect(faults.map(({ path }) => path).toSorted()).toEqual(['active', 'adapter', 'base', 'text_size']);
  });

  test('a valid folder exits with 0, and so do warnings without --strict', async () => {
    const good = testCli({
      files: {
        ...packFiles({}),
        [p]: provider,
        [s]: presets({ presets: [{ ...preset, provider: 'mine', model: 'm' }] }),
      },
    });
    expect(await good.run('check')).toMatchObject({ code: 0, out: expect.stringContaining('0 errors') });
    const warned = testCli({ files: { [p]: { ...provider, modles: [] } } });
    expect((await warned.run('check')).code).toBe(0);
    expect((await warned.run('check', '--strict')).code).toBe(3);
  });
});
