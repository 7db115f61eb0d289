import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { comfyvnRegistry, testCore, type TestCore } from '../__fixtures__/test-core.ts';
import { openAiReply, startUpstream } from '../__fixtures__/upstream.ts';

const messages = [{ role: 'user', content: 'hi' }];
const folder = 'config/llm/providers';
const box = {
  name: 'my_box',
  adapter: 'openai_compat',
  base: 'http://127.0.0.1:9/v1',
  models: [{ id: 'tiny' }],
};
const providerOf = async ({ ask }: TestCore, name = 'my_box') =>
  (await ask('registry.get')).providers.find((p) => p.name === name);
const textOf = ({ root }: TestCore, file = 'my_box.json') => readFileSync(join(root, folder, file), 'utf8');
const filesIn = ({ root }: TestCore, path = folder) =>
  existsSync(join(root, path)) ? readdirSync(join(root, path)) : [];

describe('saving a provider', () => {
  test('writes its file, and a call reaches its address', async () => {
    const upstream = await startUpstream(openAiReply('from the box'));
    const made = testCore();
    const saved = await made.ask('providers.save', { provider: { ...box, base: `${upstream.url}/v1` } });
    expect(saved).toMatchObject({
      name: 'my_box',
      file: join(made.root, folder, 'my_box.json'),
      warnings: [],
    });
    expect(await made.ask('chat.send', { provider: 'my_box', messages })).toMatchObject({
      reply: 'from the box',
    });
  });

  test('again writes the same file, whatever its name, and undo restores its bytes', async () => {
    const text = `{\n\t"name": "my_box", "adapter": "openai_compat",\n\t"base": "http://127.0.0.1:9/v1" }`;
    const made = testCore({ files: { [`${folder}/by hand.json`]: text } });
    await made.ask('providers.save', { provider: { ...box, label: 'Mine' } });
    expect([filesIn(made), (await providerOf(made))?.label]).toEqual([['by hand.json'], 'Mine']);
    await made.ask('providers.undo', {});
    expect([textOf(made, 'by hand.json'), (await providerOf(made))?.label]).toEqual([text, 'my_box']);
  });

  test('under a name that differs only in case does not replace the other file', async () => {
    const made = testCore();
    await made.ask('providers.save', { provider: box });
    await made.ask('providers.save', { provider: { ...box, name: 'My_Box' } });
    expect(filesIn(made).sort()).toEqual(['My_Box-2.json', 'my_box.json']);
  });

  test('of a built-in one overrides it; undo restores the built-in one', async () => {
    const made = testCore();
    const before = await providerOf(made, 'ollama_default');
    const { provider, origin, file } = await made.ask('providers.get', { name: 'ollama_default' });
    expect([origin, file]).toEqual(['built-in', null]);
    await made.ask('providers.save', { provider: { ...provider, timeout: 77 } });
    expect(await providerOf(made, 'ollama_default')).toEqual({ ...before, timeout: 77, origin: 'user' });
    await made.ask('providers.undo', {});
    expect(await providerOf(made, 'ollama_default')).toEqual(before);
  });

  test('of a built-in one does not write values that come from a variable', async () => {
    const env = {
      COMFYVN_LLM_OLLAMA_DEFAULT_BASE_URL: 'http://127.0.0.1:9999',
      COMFYVN_LLM_OLLAMA_DEFAULT_TIMEOUT: '7',
    };
    const made = testCore({ env });
    const { provider } = await made.ask('providers.get', { name: 'ollama_default' });
    const shipped = await testCore().ask('providers.get', { name: 'ollama_default' });
    expect(provider).toEqual(shipped.provider);
    await made.ask('providers.save', { provider: { ...provider, label: 'Mine' } });
    expect((await providerOf(made, 'ollama_default'))?.base_url).toBe('http://127.0.0.1:9999');
  });

  test('shows what a removal would leave: the built-in one, or nothing', async () => {
    const made = testCore();
    const { provider } = await made.ask('providers.get', { name: 'ollama_default' });
    await made.ask('providers.save', { provider });
    await made.ask('providers.save', { provider: box });
    expect(await made.ask('providers.get', { name: 'ollama_default' })).toMatchObject({
      beneath: 'built-in',
    });
    expect(await made.ask('providers.get', { name: 'my_box' })).toMatchObject({
      beneath: null,
      overlay: null,
    });
  });

  test('of a built-in one keeps its aliases, and leaves the time-out to the environment', async () => {
    const made = testCore();
    const { provider } = await made.ask('providers.get', { name: 'openrouter' });
    await made.ask('providers.save', { provider: { ...provider, label: 'Mine' } });
    made.env['COMFYVN_LLM_DEFAULT_TIMEOUT'] = '7';
    await made.ask('registry.refresh');
    expect(await providerOf(made, 'openrouter')).toMatchObject({ label: 'Mine', timeout: 7 });
    const model = 'openrouter_hub/qwen/qwen-2.5-72b-instruct';
    const plan = await made.ask('chat.send', { model, messages, dry_run: true });
    expect(plan).toMatchObject({ provider: 'openrouter' });
  });

  const refused: [string, object, string][] = [
    ['a key in a header', { headers: { Authorization: 'Bearer abc' } }, 'provider.headers.Authorization'],
    ['a key in a setting', { settings: { api_key: 'abc' } }, 'provider.settings.api_key'],
    [
      'a text that looks like a key',
      { metadata: { note: 'sk-proj-0123456789abcdef0123' } },
      'provider.metadata.note',
    ],
    ['a masked key', { settings: { user: '••••abcd' } }, 'masked'],
    ['a credential in the address', { base: 'http://me:hunter22@127.0.0.1/v1' }, 'provider.base'],
    ['an address that is not HTTP', { base: 'file:///etc/passwd' }, 'provider.base'],
    ['a header that splits the request', { headers: { 'X-A': 'b\r\nc: d' } }, 'provider.headers.X-A'],
    ['a name that is a path', { name: '../x' }, 'provider.name'],
    ['an unknown adapter', { adapter: 'claude' }, 'provider.adapter'],
  ];
  test.each(refused)('%s is refused, and no file is written', async (_what, overrides, where) => {
    const made = testCore();
    const error = await made.refusal('providers.save', { provider: { ...box, ...overrides } });
    expect([error.code, error.message]).toEqual(['invalid_request', expect.stringContaining(where)]);
    expect(filesIn(made)).toEqual([]);
  });

  test('a misspelt field is reported', async () => {
    const { warnings } = await testCore().ask('providers.save', { provider: { ...box, timout: 3 } });
    expect(warnings).toEqual([expect.stringMatching(/"timout".*"timeout"/)]);
  });

  test('takes effect at once while another file is broken, which hides only itself', async () => {
    const made = testCore({ files: { [`${folder}/other.json`]: '{' } });
    const { warnings } = await made.ask('providers.save', { provider: box });
    expect(warnings).toEqual([]);
    expect(await providerOf(made)).toMatchObject({ origin: 'user' });
  });
});

describe('a credential in a hand-written file', () => {
  const file = {
    ...box,
    headers: { Authorization: 'Bearer hand-written-1', 'X-Team': 'mods' },
    settings: { deep: { token: 'hand-written-2' } },
  };
  const withFile = () => testCore({ files: { [`${folder}/my_box.json`]: file } });

  test('is never shown, and survives a change to other fields', async () => {
    const made = withFile();
    const shown = await made.ask('providers.get', { name: 'my_box' });
    expect(JSON.stringify(shown)).not.toContain('hand-written');
    expect(shown.left_out.map((l) => l.path)).toEqual(['headers.Authorization', 'settings.deep.token']);
    await made.ask('providers.save', { provider: { ...shown.provider, label: 'Mine' } });
    expect(JSON.parse(textOf(made))).toEqual({ ...file, label: 'Mine' });
  });

  test('is sent to the file’s address', async () => {
    const made = withFile();
    const { provider } = await made.ask('providers.get', { name: 'my_box' });
    await made.ask('providers.save', { provider, forget: ['headers.Authorization'] });
    expect(JSON.parse(textOf(made))).toEqual({ ...file, headers: { 'X-Team': 'mods' } });
  });

  test('is not sent to another address', async () => {
    const made = withFile();
    const { provider } = await made.ask('providers.get', { name: 'my_box' });
    const { warnings } = await made.ask('providers.save', {
      provider: { ...provider, base: 'https://elsewhere.example/v1' },
    });
    expect(textOf(made)).not.toContain('hand-written');
    expect(warnings[0]).toContain('headers.Authorization');
  });
});

describe('removing a provider', () => {
  test('moves its file to the trash, lists the presets that name it, and can be undone', async () => {
    const made = testCore();
    await made.ask('providers.save', { provider: box });
    await made.ask('presets.create', {
      module: 'translate',
      preset: { id: 'p', provider: 'my_box', model: 'tiny' },
    });
    const text = textOf(made);
    expect((await made.ask('providers.remove', { name: 'my_box' })).warnings).toEqual([
      expect.stringMatching(/cannot serve.*: p$/),
    ]);
    expect([await providerOf(made), filesIn(made), filesIn(made, 'config/llm/trash').length]).toEqual([
      undefined,
      [],
      1,
    ]);
    await made.ask('providers.undo', {});
    expect([(await providerOf(made))?.name, textOf(made), filesIn(made, 'config/llm/trash')]).toEqual([
      'my_box',
      text,
      [],
    ]);
  });

  test.each([
    ['openai_public', {}, 'invalid_request', /shipped/],
    ['anthropic_api', { COMFYVN_LLM_REGISTRY: comfyvnRegistry }, 'invalid_request', /ComfyVN/],
    ['nobody', {}, 'unknown_provider', /nobody/],
  ])('%s is refused', async (name, env, code, reason) => {
    expect(await testCore({ env }).refusal('providers.remove', { name })).toMatchObject({
      code,
      message: expect.stringMatching(reason),
    });
  });
});

describe('saving a runtime adapter as a provider', () => {
  const api_key = 'runtime-key-0123456789';
  const register = ({ ask }: TestCore, base_url: string) =>
    ask('runtime.register', {
      id: 'dev',
      provider: 'openai_compat',
      label: 'Dev',
      metadata: {
        base_url,
        api_key,
        timeout: 12,
        models: ['m'],
        settings: { a: 1 },
        headers: { 'X-Team': 'mods', 'X-Api-Key': api_key },
        note: 'mine',
      },
    });

  test('makes it the user’s own, without its key, and says where to put the key', async () => {
    const made = testCore();
    await register(made, 'http://127.0.0.1:9/v1');
    const { file, left_out, warnings } = await made.ask('providers.keep', { id: 'dev' });
    expect(readFileSync(file, 'utf8')).not.toContain(api_key);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      name: 'dev',
      label: 'Dev',
      base: 'http://127.0.0.1:9/v1',
      timeout: 12,
      headers: { 'X-Team': 'mods' },
      models: [{ id: 'm' }],
      settings: { a: 1 },
      metadata: { note: 'mine' },
    });
    expect([left_out.map((l) => l.path), warnings]).toEqual([
      ['headers.X-Api-Key'],
      [expect.stringContaining('COMFYVN_LLM_DEV_API_KEY')],
    ]);
    expect([(await made.ask('runtime.list', {})).adapters, await providerOf(made, 'dev')]).toMatchObject([
      [],
      { origin: 'user', kind: 'local', credentials: { present: false } },
    ]);
  });

  test('undone restores the runtime adapter with its key', async () => {
    const upstream = await startUpstream(openAiReply('ok'));
    const made = testCore();
    await register(made, upstream.url);
    const before = await made.ask('runtime.list', {});
    await made.ask('providers.keep', { id: 'dev' });
    await made.ask('providers.undo', {});
    expect([await made.ask('runtime.list', {}), filesIn(made)]).toEqual([before, []]);
    await made.ask('chat.send', { provider: 'dev', messages });
    expect(upstream.requests[0]?.headers).toMatchObject({
      authorization: `Bearer ${api_key}`,
      'x-api-key': api_key,
    });
  });

  test('still finds the key at its address, and only there', async () => {
    const made = testCore({ env: { COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: 'env-key-0123456789' } });
    await made.ask('runtime.register', { id: 'same', provider: 'openai_public' });
    await made.ask('runtime.register', {
      id: 'moved',
      provider: 'openai_public',
      metadata: { base_url: 'https://elsewhere.example/v1' },
    });
    for (const id of ['same', 'moved']) await made.ask('providers.keep', { id });
    expect((await providerOf(made, 'same'))?.credentials).toMatchObject({
      present: true,
      source: 'COMFYVN_LLM_OPENAI_PUBLIC_API_KEY',
    });
    expect(await providerOf(made, 'moved')).toMatchObject({ kind: 'cloud', credentials: { present: false } });
  });

  test('under another provider’s name, or of an unknown adapter, is refused', async () => {
    const made = testCore();
    await register(made, 'http://127.0.0.1:9/v1');
    expect((await made.refusal('providers.keep', { id: 'dev', name: 'openai_public' })).code).toBe(
      'id_taken',
    );
    expect((await made.refusal('providers.keep', { id: 'nobody' })).code).toBe('not_found');
    expect(filesIn(made)).toEqual([]);
  });
});
