import { dirname, join } from 'node:path';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { answerOf, chatTo, errorOf } from '../__fixtures__/chat-core.ts';
import { keyedProvider, pooledKeys, refused } from '../__fixtures__/keyed-provider.ts';
import { protocols } from '../__fixtures__/protocols.ts';
import { temporaryFolder, type TestCore } from '../__fixtures__/test-core.ts';
import { FolderLock } from '../lib/files/folder-lock.ts';
import { TestKeyring } from '../secrets/__fixtures__/keyring.ts';
import { SealedStore } from '../secrets/sealed-store.ts';
import { sessionSecrets } from '../secrets/session-secrets.ts';

const { openAi } = protocols;
const { provider } = openAi;
const [a, b, c] = pooledKeys;
const once = chatTo(openAi, { retries: 0 });
const variable = 'COMFYVN_LLM_OPENAI_PUBLIC_API_KEY';

function sealed(path = join(temporaryFolder(), 'keys.json')) {
  const store = () =>
    new SealedStore({ path, lock: new FolderLock(dirname(path)), cipher: new TestKeyring(), now: Date.now });
  return { path, store };
}

const pool = async ({ ask }: TestCore) =>
  (await ask('keys.list')).keys.find((one) => one.provider === provider)?.pool ?? [];
const shown = async (core: TestCore) =>
  (await pool(core)).map(({ id, label, last4, first }) => [id, label, last4, first]);

it.each([
  ['a keyring', () => sealed().store()],
  ['this session only', () => sessionSecrets()],
])('keys are added, named, replaced, removed and brought back, in %s', async (_, secretsOf) => {
  const { core, used } = await keyedProvider(openAi, [], { secrets: secretsOf() });
  expect(await core.ask('keys.add', { provider, key: a })).toMatchObject({ id: provider });
  expect(await core.ask('keys.add', { provider, key: b, label: 'studio' })).toMatchObject({
    id: 'openai_public#2',
    credentials: { state: 'ready', last4: 'aaa1' },
  });
  expect(await shown(core)).toEqual([
    [provider, null, 'aaa1', true],
    ['openai_public#2', 'studio', 'bbb2', false],
  ]);

  await core.ask('keys.rename', { provider, id: provider, label: 'mine' });
  const renamed = await core.ask('keys.rename', { provider, id: 'openai_public#2', label: 'guild' });
  await core.ask('keys.undo', { change: renamed.change.id });
  const replaced = await core.ask('keys.set', { provider, id: 'openai_public#2', key: c });
  expect(await shown(core)).toEqual([
    [provider, 'mine', 'aaa1', true],
    ['openai_public#2', 'studio', 'ccc3', false],
  ]);
  await core.ask('keys.undo', { change: replaced.change.id });

  const removed = await core.ask('keys.remove', { provider });
  expect(await shown(core)).toEqual([['openai_public#2', 'studio', 'bbb2', false]]);
  // The remaining key is used, and the first position is free again.
  expect(removed.credentials).toMatchObject({ state: 'ready', last4: 'bbb2' });
  await answerOf(core, once);
  expect(used()).toEqual([b]);
  await core.ask('keys.undo', { change: removed.change.id });
  await core.ask('keys.remove', { provider, id: 'openai_public#2' });
  expect(await shown(core)).toEqual([[provider, 'mine', 'aaa1', true]]);
});

it('saved keys are encrypted separately, and decrypted by the first call after a restart', async () => {
  const { path, store } = sealed();
  const before = await keyedProvider(openAi, [], { secrets: store() });
  await before.core.ask('keys.set', { provider, key: a });
  await before.core.ask('keys.add', { provider, key: b, label: 'studio' });
  const file = readFileSync(path, 'utf8');
  expect(file).toContain('studio');
  for (const key of [a, b]) expect(file).not.toContain(key);
  const env = { COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: `${before.upstream.url}/v1` };
  const after = await keyedProvider(openAi, [], { secrets: store(), env });
  before.on({ [a]: refused(openAi, a) });
  expect((await answerOf(after.core, once)).attempts.map((one) => one.key_last4)).toEqual(['aaa1', 'bbb2']);
});

it('variables go before further saved keys, and a first saved key gives way to the variable', async () => {
  const secrets = sessionSecrets();
  const { core, on, used, upstream } = await keyedProvider(openAi, [a], { secrets });
  await secrets.set(provider, { key: 'saved-first-Hx83kd', origin: upstream.url });
  await core.ask('keys.add', { provider, key: c });
  core.env[`${variable}_4`] = b;
  expect((await pool(core)).map(({ id }) => id)).toEqual([variable, `${variable}_4`, 'openai_public#2']);
  expect((await core.refusal('keys.set', { provider, key: b })).message).toContain('further key');
  on({ [a]: refused(openAi, a), [b]: refused(openAi, b) });
  await answerOf(core, once);
  expect(used()).toEqual([a, b, c]);
});

it('a key alone in a numbered variable serves', async () => {
  const { core, used } = await keyedProvider(openAi, [], { env: { OPENAI_API_KEY_9: c } });
  expect(
    (await core.ask('registry.get')).providers.find(({ name }) => name === provider)?.credentials,
  ).toMatchObject({ state: 'ready', source: 'OPENAI_API_KEY_9', last4: 'ccc3' });
  await answerOf(core, once);
  expect(used()).toEqual([c]);
});

it('a further key that no header can carry is left out, with the reason', async () => {
  const { core, on, used } = await keyedProvider(openAi, [a, `Bearer ${b}`, c]);
  expect(await pool(core)).toMatchObject([
    { state: 'ready' },
    {
      id: `${variable}_2`,
      state: 'unusable',
      problem: expect.stringContaining(`${variable}_2 has a space`),
      problem_detail: { code: 'space', values: { variable: `${variable}_2` } },
    },
    { state: 'ready' },
  ]);
  on({ [a]: refused(openAi, a) });
  await answerOf(core, once);
  expect(used()).toEqual([a, c]);
});

it('a further key is sent to the address it was saved for, and to no other', async () => {
  const secrets = sessionSecrets();
  const { core } = await keyedProvider(openAi, [a], { secrets });
  await secrets.set('openai_public#2', { key: b, origin: 'https://elsewhere.example' });
  expect(await pool(core)).toMatchObject([{ state: 'ready' }, { state: 'other_origin' }]);
  const { attempts } = await answerOf(core, once);
  expect(attempts).toHaveLength(1);
});

it('a key that was put aside is back in use once it is saved anew, or once a check finds it taken', async () => {
  const { core, on } = await keyedProvider(openAi, [], { secrets: sessionSecrets() });
  for (const key of [a, b]) await core.ask('keys.add', { provider, key });
  const status = async () => (await pool(core))[0]?.status;
  const putAside = async () => {
    on({ [a]: refused(openAi, a) });
    await answerOf(core, once);
    expect(await status()).toBe('set_aside');
  };
  await putAside();
  await core.ask('keys.set', { provider, key: a });
  expect(await status()).toBe('free');
  await putAside();
  expect(await core.ask('keys.check', { provider, id: provider })).toMatchObject({
    diagnostics: { status: 'unauthorized' },
  });
  expect(await status()).toBe('set_aside');
  on({});
  expect(await core.ask('keys.check', { provider, id: provider })).toMatchObject({
    diagnostics: { status: 'ok' },
  });
  expect(await status()).toBe('free');
  expect((await core.ask('registry.get')).warnings.join()).not.toContain('put aside');
});

it('a key that was refused in a variable is free where it is saved', async () => {
  const { core, on } = await keyedProvider(openAi, [a, b], { secrets: sessionSecrets() });
  on({ [a]: refused(openAi, a), [b]: refused(openAi, b) });
  await errorOf(core, once);
  core.env[`${variable}_2`] = undefined;
  await core.ask('keys.add', { provider, key: b });
  expect((await pool(core)).map(({ status }) => status)).toEqual(['set_aside', 'free']);
});

it('a refused key that is removed or replaced leaves no warning', async () => {
  const { core, on } = await keyedProvider(openAi, [], { secrets: sessionSecrets() });
  for (const key of pooledKeys) await core.ask('keys.add', { provider, key });
  on({ [a]: refused(openAi, a), [b]: refused(openAi, b) });
  await answerOf(core, once);
  const warnings = async () =>
    (await core.ask('registry.get')).warnings.filter((text) => text.includes('put aside'));
  expect(await warnings()).toHaveLength(2);
  await core.ask('keys.remove', { provider, id: 'openai_public#2' });
  expect(await warnings()).toHaveLength(1);
  await core.ask('keys.set', { provider, key: 'another-key-Hx83kdQz' });
  expect(await warnings()).toEqual([]);
});

it('what cannot be added or changed is refused with the reason, and no key is in it', async () => {
  const { core } = await keyedProvider(openAi, [a], { secrets: sessionSecrets() });
  await core.ask('keys.add', { provider, key: b });
  const refusals = [
    await core.refusal('keys.add', { provider, key: b }),
    await core.refusal('keys.add', { provider, key: a }),
    await core.refusal('keys.add', { provider, key: c, label: `mine ${c}` }),
    await core.refusal('keys.rename', { provider, id: 'openai_public#2', label: b }),
    await core.refusal('keys.rename', { provider, id: variable, label: 'x' }),
    await core.refusal('keys.remove', { provider, id: 'anthropic_public' }),
    await core.refusal('keys.set', { provider, id: 'openai_public#3', key: c }),
    await core.refusal('keys.check', { provider, id: 'openai_public#3' }),
    await core.refusal('keys.add', { provider: 'stub', key: c }),
  ];
  expect(refusals.map(({ code }) => code)).toEqual([
    'invalid_request',
    'invalid_request',
    'invalid_request',
    'invalid_request',
    'invalid_request',
    'not_found',
    'not_found',
    'not_found',
    'invalid_request',
  ]);
  for (const key of pooledKeys) expect(JSON.stringify(refusals)).not.toContain(key);
  expect(await shown(core)).toHaveLength(2);
});

it('a provider has twenty saved keys at most', async () => {
  const { core } = await keyedProvider(openAi, [], { secrets: sessionSecrets() });
  for (let n = 1; n <= 20; n++) await core.ask('keys.add', { provider, key: `many-keys-Xk29dL-${n}` });
  expect((await core.refusal('keys.add', { provider, key: a })).message).toContain('20 keys');
  await core.ask('keys.remove', { provider, id: 'openai_public#7' });
  expect(await core.ask('keys.add', { provider, key: a })).toMatchObject({ id: 'openai_public#7' });
});

it('an adapter inherits its parent’s keys, and one with its own key uses only that', async () => {
  const { core, on, used } = await keyedProvider(openAi, [a, b]);
  await core.ask('runtime.register', { id: 'lent', provider });
  await core.ask('runtime.register', { id: 'own', provider, metadata: { api_key: c } });
  on({ [a]: refused(openAi, a), [c]: refused(openAi, c) });
  await answerOf(core, { ...once, provider: 'lent' });
  await errorOf(core, { ...once, provider: 'own' });
  expect(used()).toEqual([a, b, c]);
});
