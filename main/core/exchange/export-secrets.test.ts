import { describe, expect, test } from 'vitest';
import { presetDocument } from '../../../contract/user-preset.ts';
import { testCore } from '../__fixtures__/test-core.ts';

const envKey = 'env-key-0123456789abcdef';
const pasted = 'sk-proj-AbCdEf0123456789AbCdEf';
const secrets = [
  envKey,
  pasted,
  'header-secret',
  'setting-secret',
  'query-secret',
  'body-secret',
  'bearer-secret',
];

const preset = (overrides: object) => ({
  id: 'mine',
  provider: 'stub',
  model: 'stub-echo',
  options: {},
  notes: 'n',
  ...overrides,
});
const files = (own: object[], provider: object = {}) => ({
  'config/llm/presets/translate.json': { version: 1, active: null, presets: own, edits: {} },
  'config/llm/providers/box.json': {
    name: 'box',
    adapter: 'openai_compat',
    base: 'http://127.0.0.1:9/v1',
    models: [{ id: 'm' }],
    ...provider,
  },
});

async function exported(own: object[], provider?: object) {
  const made = testCore({ env: { OPENAI_API_KEY: envKey }, files: files(own, provider) });
  await made.ask('registry.get');
  return made.ask('presets.export', { scope: 'everything' });
}

describe('an export never contains a secret, and lists what was left out', () => {
  const cases: [string, object, object | undefined, string[]][] = [
    [
      'a header of a provider',
      preset({}),
      { headers: { Authorization: 'Bearer bearer-secret', 'X-Api-Key': 'header-secret', 'X-Team': 'mods' } },
      ['providers[0].headers.Authorization', 'providers[0].headers.X-Api-Key'],
    ],
    [
      'a setting of a provider',
      preset({}),
      { settings: { api_key: 'setting-secret', deep: { clientSecret: 'setting-secret' }, api_version: '1' } },
      ['providers[0].settings.api_key', 'providers[0].settings.deep.clientSecret'],
    ],
    [
      'metadata of a provider',
      preset({}),
      { metadata: { password: 'setting-secret' } },
      ['providers[0].metadata.password'],
    ],
    [
      'a header of a preset',
      preset({ provider_options: { headers: { authorization: 'header-secret', 'X-Title': 'T' } } }),
      undefined,
      ['modules.translate.presets[0].provider_options.headers.authorization'],
    ],
    [
      'a query of a preset',
      preset({ provider_options: { query: { key: 'query-secret', 'api-version': '1' } } }),
      undefined,
      ['modules.translate.presets[0].provider_options.query.key'],
    ],
    [
      'a body of a preset',
      preset({ provider_options: { body: { auth: { token: 'body-secret' } } } }),
      undefined,
      ['modules.translate.presets[0].provider_options.body.auth.token'],
    ],
    [
      'a key that the panel knows, under any name',
      preset({ options: { user: envKey } }),
      undefined,
      ['modules.translate.presets[0].options.user'],
    ],
    [
      'a text that looks like a key, in a list',
      preset({ options: { stop: ['a', pasted] } }),
      undefined,
      ['modules.translate.presets[0].options.stop[1]'],
    ],
    [
      'a key in a note',
      preset({ notes: `use ${pasted} or ${envKey}` }),
      undefined,
      ['modules.translate.presets[0].notes'],
    ],
    [
      'a key as a default in a schema',
      preset({ schema: { type: 'string', default: pasted } }),
      undefined,
      ['modules.translate.presets[0].schema.default'],
    ],
  ];
  test.each(cases)('%s', async (_what, own, provider, paths) => {
    const { document, text, left_out } = await exported([own], provider);
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(left_out.map(({ path }) => path)).toEqual(paths);
    expect(document.left_out).toEqual(left_out);
    expect(presetDocument.safeParse(JSON.parse(text)).error).toBeUndefined();
    expect(
      (await testCore().ask('presets.import', { document: text, mode: 'preview' })).items.map(
        (i) => i.outcome,
      ),
    ).toEqual(['added', 'added']);
  });

  test('values that only look like secrets stay: token limits, fields of a schema, other headers', async () => {
    const own = preset({
      options: { max_tokens: 5, stop: ['</token>'] },
      schema: {
        type: 'object',
        properties: { token: { type: 'string' }, password: { type: 'string', description: 'secret' } },
        required: ['token'],
      },
      provider_options: { headers: { 'X-Title': 'T' }, query: { 'api-version': '1' } },
    });
    const { document, left_out } = await exported([own], {
      headers: { 'X-Team': 'mods' },
      settings: { api_version: '1', keys_url: 'https://example.org' },
    });
    expect(left_out).toEqual([]);
    expect(document.modules['translate']?.presets).toEqual([own]);
    expect(document.providers).toMatchObject([
      { headers: { 'X-Team': 'mods' }, settings: { api_version: '1' } },
    ]);
  });
});
