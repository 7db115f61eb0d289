import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorStatus, type ErrorCode } from '../../../contract/errors.ts';
import { comfyvnRegistry, testCore, type TestCoreOptions } from '../__fixtures__/test-core.ts';
import { readJson } from '../lib/files/read-json.ts';

const kind = 'comfyvn-llm-panel/presets';
const good = { id: 'good', provider: 'stub', model: 'stub-echo', options: {}, notes: '' };
const document = (overrides: object = {}) => ({
  kind,
  version: 1,
  modules: { translate: { presets: [good], edits: {} } },
  ...overrides,
});
const many = (n: number) =>
  document({
    modules: {
      translate: { presets: Array.from({ length: n }, (_, at) => ({ ...good, id: `p-${at}` })), edits: {} },
    },
  });

const whole: [string, unknown, ErrorCode, RegExp][] = [
  ['an empty file', '', 'file_unreadable', /not JSON/],
  ['half a file', JSON.stringify(document()).slice(0, 60), 'file_unreadable', /not JSON/],
  ['an image', '\u0089PNG\r\n\u001a\n\0\0', 'file_unreadable', /not JSON/],
  ['a web page', '<!doctype html><title>Sign in</title>', 'file_unreadable', /not JSON/],
  ['a list', '[]', 'file_unreadable', /JSON object/],
  ['null', 'null', 'file_unreadable', /JSON object/],
  [
    "ComfyVN's registry",
    JSON.stringify(readJson(comfyvnRegistry))
      .replace(/^.*?"value":/, '')
      .replace(/,"text".*$/, ''),
    'file_unreadable',
    /COMFYVN_LLM_REGISTRY/,
  ],
  ['a foreign kind', document({ kind: 'sillytavern/preset' }), 'file_unreadable', /"kind"/],
  ['a module file of the product', { module: 'translate', shortlist: [] }, 'file_unreadable', /"kind"/],
  [
    'a newer version',
    document({ version: 2 }),
    'file_unreadable',
    /newer version.*version 2; this one reads 1/,
  ],
  ['no version', document({ version: undefined }), 'file_unreadable', /no version/],
  ['a version that is a string', document({ version: 'one' }), 'file_unreadable', /no version/],
  ['10,000 presets', many(10_000), 'file_unreadable', /10000 presets; 1000/],
  ['1,000 presets in one module', many(1000), 'file_unreadable', /modules\.translate\.presets/],
  [
    '50 MB of notes',
    JSON.stringify(
      document({
        modules: { translate: { presets: [{ ...good, notes: 'x'.repeat(50_000_000) }], edits: {} } },
      }),
    ),
    'body_too_large',
    /4 MB/,
  ],
  [
    '50 MB as an object',
    document({
      modules: { translate: { presets: [{ ...good, notes: 'x'.repeat(50_000_000) }], edits: {} } },
    }),
    'body_too_large',
    /4 MB/,
  ],
  ['50 MB of brackets', '['.repeat(50_000_000), 'body_too_large', /4 MB/],
  ['2 MB of brackets', '['.repeat(2_000_000), 'file_unreadable', /not JSON/],
  [
    'a nest of 10,000 objects',
    `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
    'invalid_request',
    /nested deeper/,
  ],
  [
    'a prototype as a module',
    '{"kind":"comfyvn-llm-panel/presets","version":1,"modules":{"__proto__":{"presets":[],"edits":{}}}}',
    'forbidden_key',
    /__proto__/,
  ],
  [
    'a prototype in the options',
    JSON.stringify(document()).replace('"options":{}', '"options":{"constructor":{"prototype":{"x":1}}}'),
    'forbidden_key',
    /constructor/,
  ],
  [
    'a prototype as an object',
    JSON.parse('{"kind":"comfyvn-llm-panel/presets","version":1,"modules":{},"__proto__":{}}'),
    'forbidden_key',
    /__proto__/,
  ],
  ['an unknown field', document({ run: 'rm -rf' }), 'file_unreadable', /unknown field "run"/],
  [
    'an id that is a path',
    document({ modules: { translate: { presets: [{ ...good, id: '../../x' }], edits: {} } } }),
    'file_unreadable',
    /presets\[0\]\.id/,
  ],
  [
    'presets that are strings',
    document({ modules: { translate: { presets: 'all', edits: {} } } }),
    'file_unreadable',
    /array expected/,
  ],
  [
    'a provider without an address',
    document({ providers: [{ name: 'a', adapter: 'openai' }] }),
    'file_unreadable',
    /providers\[0\]\.base/,
  ],
];

describe('a broken, foreign or hostile file changes nothing and is refused with the reason', () => {
  test.each(whole)('%s', async (_what, input, code, reason) => {
    const made = testCore();
    for (const mode of ['preview', 'apply']) {
      const error = await made.refusal('presets.import', { document: input, mode, skip_refused: true });
      expect([error.code, error.message]).toEqual([code, expect.stringMatching(reason)]);
      expect(errorStatus[error.code]).toBeLessThan(500);
    }
    expect([existsSync(join(made.root, 'config/llm/presets')), Object.keys(Object.prototype)]).toEqual([
      false,
      [],
    ]);
  });

  test('an error about a file that ends next to a key does not quote the key', async () => {
    const error = await testCore().refusal('presets.import', {
      document: '{"authorization": sk-live-1234567890abcdef}',
      mode: 'preview',
    });
    expect(JSON.stringify(error)).not.toContain('sk-live');
  });

  test('schemas that would take forever to compile are only parsed', async () => {
    const schema = {
      type: 'object',
      properties: Object.fromEntries(
        Array.from({ length: 900 }, (_, n) => [`p${n}`, { type: 'string', pattern: `^(a|b${n})+$` }]),
      ),
    };
    const presets = Array.from({ length: 70 }, (_, n) => ({
      ...good,
      id: `p-${n}`,
      schema: { ...schema, title: `${n}` },
    }));
    const started = performance.now();
    await testCore().ask('presets.import', {
      document: document({ modules: { translate: { presets, edits: {} } } }),
      mode: 'preview',
    });
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('a provider in an imported file', () => {
  const refused: [string, object, RegExp, TestCoreOptions?][] = [
    [
      'that replaces a built-in one, to get its key',
      { name: 'openai_public', base: 'https://evil.example/v1' },
      /is a provider already/,
    ],
    [
      'with another one’s name in a different spelling',
      { name: 'openai-public', base: 'https://evil.example/v1' },
      /COMFYVN_LLM_OPENAI_PUBLIC_API_KEY, the key of openai_public/,
    ],
    [
      'with another one’s alias',
      { name: 'box', base: 'https://evil.example/v1', metadata: { aliases: ['openai_public'] } },
      /the key of openai_public/,
    ],
    [
      "that asks for a vendor's variable",
      {
        name: 'box',
        base: 'https://evil.example/v1',
        credentials: { required: true, env: ['OPENAI_API_KEY'] },
      },
      /asks for OPENAI_API_KEY/,
    ],
    [
      'that asks for any other secret',
      {
        name: 'box',
        base: 'https://evil.example/v1',
        credentials: { required: true, env: ['GITHUB_TOKEN'] },
      },
      /asks for GITHUB_TOKEN/,
    ],
    [
      'that claims to be local and is not',
      { name: 'box', base: 'https://evil.example/v1', kind: 'local' },
      /outside this machine/,
    ],
    [
      'with a local protocol at a remote address',
      { name: 'box', adapter: 'ollama', base: 'https://evil.example' },
      /outside this machine/,
    ],
    [
      'with a credential in its address',
      { name: 'box', base: 'https://me:hunter22@evil.example/v1' },
      /credential/,
    ],
    [
      'with a header that splits the request',
      { name: 'box', base: 'https://evil.example/v1', headers: { 'X-A': 'b\r\nc: d' } },
      /line break/,
    ],
    [
      'at an address that is not HTTP',
      { name: 'box', base: 'file:///etc/passwd', kind: 'cloud' },
      /http or https/,
    ],
    [
      'at another address than the existing one of its name',
      { name: 'mine', base: 'https://evil.example/v1' },
      /at another address/,
      {
        files: {
          'config/llm/providers/mine.json': {
            name: 'mine',
            adapter: 'openai_compat',
            base: 'http://127.0.0.1:9/v1',
          },
        },
      },
    ],
  ];
  test.each(refused)('%s is refused, and nothing is imported', async (_what, entry, reason, options) => {
    const made = testCore({ ...options, env: { OPENAI_API_KEY: 'key-0123456789abcdef' } });
    const before = await made.ask('registry.get');
    const input = document({ providers: [{ adapter: 'openai_compat', models: [{ id: 'm' }], ...entry }] });
    const error = await made.refusal('presets.import', { document: input, mode: 'apply' });
    const { items } = error.details as { items: { what: string; reason?: string }[] };
    expect(items.find(({ what }) => what === 'provider')?.reason).toMatch(reason);
    expect(await made.ask('registry.get')).toEqual(before);
  });

  test('at a vendor’s own address may ask for the vendor’s key', async () => {
    const made = testCore({ env: { OPENAI_API_KEY: 'key-0123456789abcdef' } });
    const provider = {
      name: 'team_openai',
      adapter: 'openai',
      base: 'https://api.openai.com/v1',
      credentials: { required: true, env: ['OPENAI_API_KEY'] },
    };
    const { applied } = await made.ask('presets.import', {
      document: document({ providers: [provider] }),
      mode: 'apply',
    });
    expect([
      applied,
      (await made.ask('registry.get')).providers.find((p) => p.name === 'team_openai'),
    ]).toMatchObject([true, { kind: 'cloud', credentials: { source: 'OPENAI_API_KEY' } }]);
  });
});
