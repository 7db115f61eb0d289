import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onlyIn, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { KeyCard } from './pages/key-card.ts';
import { callApi } from './support/api.ts';
import { keysAt, openAiAt, openAiCall } from './support/openai-at.ts';
import type { Panel } from './support/panel.ts';
import { readServerLog } from './support/runtime-root.ts';
import { refusal } from './support/upstream-answers.ts';
import { Upstream } from './support/upstream.ts';

const key = 'sk-e2e+Zq81/kTw5vLx0';
const passphrase = { COMFYVN_LLM_KEY_PASSPHRASE: 'correct horse battery' };
const file = 'data/keys.passphrase.json';

async function credentials(panel: Panel): Promise<Record<string, unknown> | undefined> {
  const { body } = await callApi(panel.apiUrl, 'GET', '/api/llm/registry');
  const providers = body['providers'] as { name: string; credentials: Record<string, unknown> }[];
  return providers.find(({ name }) => name === 'openai_public')?.credentials;
}
const ping = (panel: Panel) => callApi(panel.apiUrl, 'POST', '/api/llm/chat', openAiCall);

test('paste, Enter: the key is saved, masked, and tested with the free model list', async ({
  launch,
  upstream,
}, info) => {
  const isWeb = info.project.name === 'web';
  const panel = await launch(openAiAt(upstream, { env: isWeb ? passphrase : {} }));
  const card = new KeyCard(panel.page, 'OpenAI');
  await card.open();
  if (!isWeb) await expect(card.root).toContainText('kept for this session only');
  await card.enterKey(key);
  const where = isWeb ? 'key in passphrase file' : 'key for this session only';
  await expect(card.outcome).toHaveText(new RegExp(`^OK · [\\d.]+ m?s · 1 model · ${where}$`));
  await expect(card.root).toContainText('••••vLx0');
  await expect(card.field).toHaveCount(0);
  expect(upstream.received.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/models']);

  expect((await ping(panel)).status).toBe(200);
  expect(keysAt(upstream)).toEqual([key, key]);
  expect(await credentials(panel)).toMatchObject({ state: 'ready', source: 'store', last4: 'vLx0' });
  expect(await panel.page.content()).not.toContain(key);
  expect(readServerLog(panel.runtimeRoot)).not.toContain(key);
  const bar = panel.page.getByRole('contentinfo', { name: 'Status' });
  await expect(bar).toContainText(isWeb ? 'keys: passphrase file' : 'keys: this session only');
});

test('a key that the provider refuses stays; the provider’s message is shown, and the field has the focus', async ({
  launch,
  upstream,
}) => {
  upstream.listWith(
    refusal(401, 'Incorrect API key provided: sk-e2e***.', 'invalid_request_error', 'invalid_api_key'),
  );
  const panel = await launch(openAiAt(upstream));
  const card = new KeyCard(panel.page, 'OpenAI');
  await card.open();
  await card.enterKey(key);
  await expect(card.errorCard).toContainText('Incorrect API key provided');
  await expect(card.errorCard).toContainText('HTTP 401');
  await expect(card.field).toBeFocused();
  await expect(card.field).toHaveValue('');
  expect(await credentials(panel)).toMatchObject({ state: 'ready', last4: 'vLx0' });

  upstream.listWith(
    (response) => void response.end(JSON.stringify({ data: [{ id: 'one' }, { id: 'two' }] })),
  );
  await card.enterKey(`${key}-second`);
  await expect(card.outcome).toContainText('2 models');
  expect(keysAt(upstream)).toEqual([key, `${key}-second`]);
});

test(
  'an invalid key is refused with a reason, and nothing is sent',
  { tag: '@page' },
  async ({ launch, upstream }) => {
    const panel = await launch(openAiAt(upstream));
    panel.watch.expect(/status of 400/);
    const card = new KeyCard(panel.page, 'OpenAI');
    await card.open();
    await card.enterKey(`Bearer ${key}`);
    await expect(card.errorCard).toContainText('paste the key alone');
    await expect(card.field).toBeFocused();
    expect(upstream.received).toEqual([]);
    expect(await credentials(panel)).toMatchObject({ state: 'missing' });
  },
);

test(
  'a key from the environment shows its variable, and cannot be changed here',
  { tag: '@page' },
  async ({ launch, upstream }) => {
    const panel = await launch(openAiAt(upstream, { env: { OPENAI_API_KEY: key } }));
    const card = new KeyCard(panel.page, 'OpenAI');
    await card.open();
    await expect(card.root).toContainText('OPENAI_API_KEY');
    await expect(card.field).toHaveCount(0);
    await expect(card.button('Remove')).toHaveCount(0);
    await card.button('Check').click();
    await expect(card.outcome).toContainText('key from OPENAI_API_KEY');
    expect(keysAt(upstream)).toEqual([key]);
  },
);

test('a removed key is no longer sent, until Undo restores it', async ({ launch, upstream }) => {
  const panel = await launch(openAiAt(upstream));
  const card = new KeyCard(panel.page, 'OpenAI');
  await card.open();
  await card.enterKey(key);
  await expect(card.outcome).toContainText('OK');
  await card.button('Remove').click();
  await expect(card.field).toBeVisible();
  expect((await ping(panel)).body['code']).toBe('missing_key');
  await panel.page.getByRole('button', { name: 'Undo' }).click();
  await expect(card.root).toContainText('••••vLx0');
  expect((await ping(panel)).status).toBe(200);
  expect(keysAt(upstream)).toEqual([key, key]);
});

test(
  'saving a key of a disabled provider sends nothing until the provider is enabled',
  { tag: '@page' },
  async ({ launch, upstream }) => {
    const panel = await launch(openAiAt(upstream, { files: { 'config/comfyvn.json': {} } }));
    const card = new KeyCard(panel.page, 'OpenAI');
    await card.open();
    await card.enterKey(key);
    await expect(card.outcome).toContainText('OpenAI is off');
    expect(upstream.received).toEqual([]);
    await card.button('Turn on and check').click();
    await expect(card.outcome).toContainText('1 model');
    expect(keysAt(upstream)).toEqual([key]);
  },
);

test('the Bench’s "needs a key" opens the key field', { tag: '@page' }, async ({ launch, upstream }) => {
  const panel = await launch(openAiAt(upstream));
  const bench = new Bench(panel.page);
  await bench.pickTarget(/^OpenAI/);
  await bench.mode('LIVE').click();
  await panel.page.getByRole('button', { name: 'Add', exact: true }).click();
  const card = new KeyCard(panel.page, 'OpenAI');
  await expect(card.field).toBeFocused();
  await panel.page.keyboard.insertText(key);
  await panel.page.keyboard.press('Enter');
  await expect(card.outcome).toContainText('OK');
  expect(keysAt(upstream)).toEqual([key]);
});

test.describe('under a passphrase', () => {
  onlyIn('web', 'the desktop app asks the system’s keyring');

  const start = (launch: (options: object) => Promise<Panel>, upstream: Upstream, more: object = {}) =>
    launch(openAiAt(upstream, { env: passphrase, ...more }));

  async function saveKey(launch: (options: object) => Promise<Panel>, upstream: Upstream) {
    const first = await start(launch, upstream);
    const card = new KeyCard(first.page, 'OpenAI');
    await card.open();
    await card.enterKey(key);
    await expect(card.outcome).toContainText('OK');
    await first.close();
    return first.runtimeRoot;
  }

  test('a restart keeps the key, whose file is encrypted and private to its owner', async ({
    launch,
    upstream,
  }) => {
    const runtimeRoot = await saveKey(launch, upstream);
    const text = readFileSync(join(runtimeRoot, file), 'utf8');
    expect(text).not.toContain(key);
    expect(text).not.toContain('vLx0');
    expect(statSync(join(runtimeRoot, file)).mode & 0o777).toBe(0o600);
    const second = await start(launch, upstream, { runtimeRoot });
    expect((await ping(second)).status).toBe(200);
    expect(keysAt(upstream).at(-1)).toBe(key);
  });

  test('another passphrase: the key is locked, not missing, and is replaced only on explicit request', async ({
    launch,
    upstream,
  }) => {
    const runtimeRoot = await saveKey(launch, upstream);
    const before = readFileSync(join(runtimeRoot, file), 'utf8');
    const env = { COMFYVN_LLM_KEY_PASSPHRASE: 'another long passphrase' };
    const panel = await launch(openAiAt(upstream, { runtimeRoot, env }));
    const asked = upstream.received.length;
    const refused = await ping(panel);
    expect(refused.body['details']).toMatchObject({ state: 'locked' });
    const card = new KeyCard(panel.page, 'OpenAI');
    await card.open();
    await expect(card.root).toContainText('cannot be decrypted');
    await expect(card.field).toHaveCount(0);
    expect(readFileSync(join(runtimeRoot, file), 'utf8')).toBe(before);
    expect(upstream.received).toHaveLength(asked);
    await card.button('Replace the locked key').click();
    await expect(card.field).toBeFocused();
    await card.enterKey(`${key}-second`);
    await expect(card.outcome).toContainText('OK');
    expect(keysAt(upstream).at(-1)).toBe(`${key}-second`);
  });

  test('another base URL: the key is not sent there, and the card shows its origin', async ({
    launch,
    upstream,
  }) => {
    const runtimeRoot = await saveKey(launch, upstream);
    const other = await Upstream.start();
    const panel = await start(launch, other, {
      runtimeRoot,
      env: { ...passphrase, COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: other.baseUrl },
    });
    expect((await ping(panel)).body['code']).toBe('missing_key');
    const card = new KeyCard(panel.page, 'OpenAI');
    await card.open();
    await expect(card.root).toContainText(new URL(upstream.baseUrl).origin);
    expect(await credentials(panel)).toMatchObject({ state: 'other_origin', present: false });
    expect(other.received).toEqual([]);
    await other.close();
  });
});
