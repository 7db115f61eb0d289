import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FolderLock } from '../lib/files/folder-lock.ts';
import { describe, expect, test } from 'vitest';
import { appRoot, temporaryFolder, testCore, type TestCoreOptions } from '../__fixtures__/test-core.ts';
import { openAiReply, startUpstream, type Upstream } from '../__fixtures__/upstream.ts';
import { Offline } from '../app/offline.ts';
import { TestKeyring } from '../secrets/__fixtures__/keyring.ts';
import { SealedStore } from '../secrets/sealed-store.ts';

const key = 'sk-planted+Zq81/kTw5vLx0';
const provider = 'openai_public';
const call = {
  provider,
  model: 'gpt-4o',
  messages: [{ role: 'user' as const, content: 'hi' }],
  params: { max_tokens: 5 },
};
const on = { 'config/comfyvn.json': { features: { enable_public_llm: true } } };

function store(path = join(temporaryFolder(), 'keys.json'), keyring = new TestKeyring()) {
  return {
    path,
    keyring,
    secrets: new SealedStore({ path, lock: new FolderLock(dirname(path)), cipher: keyring, now: Date.now }),
  };
}

function coreAt(upstream: Upstream, options: TestCoreOptions = {}) {
  const env = { COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: `${upstream.url}/v1`, ...options.env };
  const made = testCore({ files: on, secrets: store().secrets, ...options, env });
  const credentials = async () =>
    (await made.ask('registry.get')).providers.find((p) => p.name === provider)?.credentials;
  return { ...made, credentials };
}
const sentKeys = ({ requests }: Upstream) => requests.map(({ headers }) => headers.authorization);

describe('a saved key', () => {
  test('is bound to the provider’s origin, sent there, and shown as its last four characters', async () => {
    const upstream = await startUpstream(openAiReply('ok'));
    const { ask, credentials } = coreAt(upstream);
    const saved = await ask('keys.set', { provider, key: `  ${key}\n` });
    expect(saved).toMatchObject({
      provider,
      store: { name: 'test keyring', lasting: true },
      credentials: { present: true, source: 'store', last4: 'vLx0', state: 'ready', origin: upstream.url },
    });
    expect(await credentials()).toEqual(saved.credentials);
    await ask('chat.send', call);
    expect(sentKeys(upstream)).toEqual([`Bearer ${key}`]);
    const answers = [saved, await ask('keys.list'), await ask('registry.get'), await ask('calls.list', {})];
    expect(JSON.stringify(answers)).not.toContain(key);
  });

  test('is not sent to another base URL, and its state differs from a missing key', async () => {
    const [first, second] = [await startUpstream(openAiReply('ok')), await startUpstream(openAiReply('ok'))];
    const { path, secrets } = store();
    await coreAt(first, { secrets }).ask('keys.set', { provider, key });
    const next = coreAt(second, { secrets: store(path).secrets });
    expect(await next.credentials()).toMatchObject({
      state: 'other_origin',
      present: false,
      origin: first.url,
    });
    const error = await next.refusal('chat.send', call);
    expect(error).toMatchObject({ code: 'missing_key', details: { state: 'other_origin' } });
    expect(error.message).toContain(first.url);
    expect(second.connections).toBe(0);
    await next.ask('keys.set', { provider, key: `${key}-for-the-second` });
    await next.ask('chat.send', call);
    expect(sentKeys(second)).toEqual([`Bearer ${key}-for-the-second`]);
  });

  test('is decrypted by the first call that needs it, and by no other', async () => {
    const upstream = await startUpstream(openAiReply('ok'));
    const { path, secrets } = store();
    await coreAt(upstream, { secrets }).ask('keys.set', { provider, key });
    const later = store(path);
    const { ask, credentials } = coreAt(upstream, { secrets: later.secrets });
    expect(await credentials()).toMatchObject({ state: 'sealed', present: true, origin: upstream.url });
    await ask('chat.send', { ...call, provider: 'stub' });
    expect(later.keyring.asked).toBe(0);
    await ask('chat.send', call);
    expect(await credentials()).toMatchObject({ state: 'ready', last4: 'vLx0' });
    expect(sentKeys(upstream)).toEqual([`Bearer ${key}`]);
  });

  test('is shown masked in the plan, both on the command line and in the API', async () => {
    const upstream = await startUpstream(openAiReply('ok'));
    const { path, secrets } = store();
    const { ask, root, env } = coreAt(upstream, { secrets });
    await ask('keys.set', { provider, key });
    const paths = { appRoot, runtimeRoot: root };
    const offline = new Offline({ paths, env, secrets: store(path).secrets, version: '0', now: Date.now });
    const { plan } = await offline.plan(call);
    expect(plan.headers).toMatchObject({ authorization: 'Bearer ••••vLx0' });
  });

  test('is used by a runtime adapter at the same origin, also if that is the first to need it', async () => {
    const upstream = await startUpstream(openAiReply('ok'));
    const { path, secrets } = store();
    await coreAt(upstream, { secrets }).ask('keys.set', { provider, key });
    const { ask } = coreAt(upstream, { secrets: store(path).secrets });
    await ask('runtime.register', { id: 'mine', provider });
    await ask('chat.send', { ...call, provider: 'mine' });
    expect(sentKeys(upstream)).toEqual([`Bearer ${key}`]);
  });

  test('is in no log line and no other file, even where saving fails', async () => {
    const upstream = await startUpstream((request) => ({
      status: 401,
      body: { error: { message: `wrong key ${request.headers.authorization}` } },
    }));
    const made = coreAt(upstream, { env: { COMFYVN_LOG_LEVEL: 'DEBUG' } });
    await made.ask('keys.set', { provider, key });
    await made.refusal('chat.send', call);
    const verified = await made.ask('providers.check', { name: provider });
    expect(verified.diagnostics.status).toBe('unauthorized');
    const refused = await made.refusal('keys.set', { provider: `x${key}`, key });
    await made.core.close();
    const files = readdirSync(made.root, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
    const texts = files.map((f) => readFileSync(join(f.parentPath, f.name), 'latin1'));
    expect(texts.join()).toContain('provider request');
    expect(JSON.stringify([verified, refused, texts])).not.toContain(key);
  });

  test('that is locked makes the call fail with what to do', async () => {
    const upstream = await startUpstream(openAiReply('ok'));
    const { path, secrets } = store();
    await coreAt(upstream, { secrets }).ask('keys.set', { provider, key });
    const stranger = coreAt(upstream, { secrets: store(path, new TestKeyring('another')).secrets });
    const error = await stranger.refusal('chat.send', call);
    expect(error).toMatchObject({ code: 'missing_key', details: { state: 'locked' } });
    expect(error.message).toContain('replace it');
    expect(await stranger.credentials()).toMatchObject({ state: 'locked', locked_by: 'key', present: false });
    expect((await stranger.refusal('keys.set', { provider, key })).code).toBe('key_locked');
    const shut = coreAt(upstream, { secrets: store(path, new TestKeyring(null)).secrets });
    expect((await shut.refusal('chat.send', call)).message).toContain('unlock it');
    expect(await shut.credentials()).toMatchObject({ state: 'locked', locked_by: 'store' });
    await stranger.ask('keys.set', { provider, key: `${key}-new`, replace_locked: true });
    await stranger.ask('chat.send', call);
    expect(sentKeys(upstream)).toEqual([`Bearer ${key}-new`]);
  });

  test('is not sent after its removal, and is back once that is undone', async () => {
    const upstream = await startUpstream(openAiReply('ok'));
    const { ask, refusal } = coreAt(upstream);
    await ask('keys.set', { provider, key });
    const { change, credentials } = await ask('keys.remove', { provider });
    expect(credentials.state).toBe('missing');
    expect((await refusal('chat.send', call)).code).toBe('missing_key');
    await ask('keys.undo', { change: change.id });
    await ask('chat.send', call);
    expect(sentKeys(upstream)).toEqual([`Bearer ${key}`]);
    expect((await refusal('keys.remove', { provider: 'openrouter' })).code).toBe('not_found');
  });
});

describe('a key is refused for', () => {
  const refused: [string, object, RegExp][] = [
    ['a provider that needs none', { provider: 'stub', key }, /without a key/],
    ['nothing', { provider, key: ' \t ' }, /no key/],
    ['a control character', { provider, key: 'sk-abc\u0007def-0123456' }, /control character/],
    ['two lines', { provider, key: 'sk-abc\nsk-def-0123456' }, /line break/],
    ['a whole header', { provider, key: 'Bearer sk-abcdef-0123456' }, /space/],
    ['characters that no header can carry', { provider, key: 'sk-ключ-0123456789' }, /header/],
  ];
  for (const [what, input, words] of refused)
    test(`${what}, with a message that does not contain it`, async () => {
      const { ask, refusal } = coreAt(await startUpstream());
      const error = await refusal('keys.set', input);
      expect(error.code).toBe('invalid_request');
      expect(error.message).toMatch(words);
      expect(JSON.stringify(error)).not.toMatch(/sk-/);
      expect((await ask('keys.list')).keys.every(({ credentials }) => credentials.source === null)).toBe(
        true,
      );
    });

  test('an unknown provider', async () => {
    const { refusal } = testCore();
    expect((await refusal('keys.set', { provider: 'opnai_public', key })).message).toContain('openai_public');
  });

  test('a provider whose variable takes precedence, as the key would never be used', async () => {
    const { refusal } = coreAt(await startUpstream(), { env: { OPENAI_API_KEY: `${key}-env` } });
    const error = await refusal('keys.set', { provider, key });
    expect(error).toMatchObject({ code: 'invalid_request', details: { variable: 'OPENAI_API_KEY' } });
  });

  test('an origin set by the caller', async () => {
    const { refusal } = coreAt(await startUpstream());
    const origin = 'https://evil.example';
    expect((await refusal('keys.set', { provider, key, origin })).message).toContain('origin');
  });
});

test('a problem with the key file is among the registry’s warnings', async () => {
  const path = join(temporaryFolder(), 'keys.json');
  writeFileSync(path, '{"version": 1, "keys": ');
  const { ask } = testCore({
    secrets: new SealedStore({
      path,
      lock: new FolderLock(dirname(path)),
      cipher: new TestKeyring(),
      now: Date.now,
    }),
  });
  expect((await ask('registry.get')).warnings.join()).toContain(path);
});

test('windows are notified when keys are decrypted, so that "saved" becomes "ready"', async () => {
  const upstream = await startUpstream(openAiReply('ok'));
  const { path, secrets } = store();
  await coreAt(upstream, { secrets }).ask('keys.set', { provider, key });
  const { ask, core } = coreAt(upstream, { secrets: store(path).secrets });
  const reported: string[] = [];
  core.onEvent((event) => void (event.type === 'stale' && reported.push(...event.operations)));
  await ask('keys.list');
  await ask('keys.list');
  expect(reported.filter((name) => name === 'registry.get')).toHaveLength(1);
});
