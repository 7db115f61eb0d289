import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onlyIn, test as base } from './fixtures.ts';
import { KeyCard } from './pages/key-card.ts';
import { callApi } from './support/api.ts';
import {
  makeKeyringHome,
  missingKeyringTools,
  noKeyring,
  removeKeyringHome,
  startSession,
  type Session,
} from './support/keyring.ts';
import { keysAt, openAiAt, openAiCall } from './support/openai-at.ts';
import type { Launch, Panel } from './support/panel.ts';
import type { Upstream } from './support/upstream.ts';

const key = 'sk-e2e+Zq81/kTw5vLx0';
const file = 'data/keys.keyring.json';

interface Login {
  /** Logs a user in: starts a keyring of this name, unlocked by its password. */
  (person: string, password?: string): Promise<Session>;
}

const test = base.extend<{ login: Login }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern to learn what a fixture needs.
  login: async ({}, use) => {
    const homes = new Map<string, string>();
    const sessions: Session[] = [];
    await use(async (person, password = 'a login password') => {
      const home = homes.get(person) ?? makeKeyringHome();
      homes.set(person, home);
      const session = await startSession(home, password);
      sessions.push(session);
      return session;
    });
    for (const session of sessions) await session.stop();
    for (const home of homes.values()) removeKeyringHome(home);
  },
  // The app must be closed before its session bus ends.
  launch: async ({ login: _login, launch }, use) => use(launch),
});

onlyIn('electron', 'the keyring is the desktop app’s');

const missing = missingKeyringTools();
test.skip(missing.length > 0 && !process.env.CI, `not installed: ${missing.join(', ')}`);

async function open(launch: Launch, upstream: Upstream, { env, args }: Session, runtimeRoot?: string) {
  const panel = await launch(openAiAt(upstream, { env, args, ...(runtimeRoot && { runtimeRoot }) }));
  const card = new KeyCard(panel.page, 'OpenAI');
  return { panel, card };
}

/** Starts the app once to save a key in this session's keyring; returns the runtime root. */
async function saveKey(launch: Launch, upstream: Upstream, session: Session): Promise<string> {
  const { panel, card } = await open(launch, upstream, session);
  await card.open();
  await card.enterKey(key);
  await expect(card.outcome).toHaveText(/^OK · [\d.]+ m?s · 1 model · key in GNOME keyring$/);
  await panel.close();
  return panel.runtimeRoot;
}
const ping = (panel: Panel) => callApi(panel.apiUrl, 'POST', '/api/llm/chat', openAiCall);

test('a key in the GNOME keyring is available after a restart and a new login, and its file is encrypted', async ({
  launch,
  upstream,
  login,
}) => {
  const runtimeRoot = await saveKey(launch, upstream, await login('mira'));
  const bytes = readFileSync(join(runtimeRoot, file));
  const { keys } = JSON.parse(bytes.toString()) as { keys: { openai_public: { sealed: string } } };
  for (const clear of [bytes, Buffer.from(keys.openai_public.sealed, 'base64')])
    expect(clear.toString('latin1')).not.toMatch(/sk-e2e|vLx0/);
  expect(statSync(join(runtimeRoot, file)).mode & 0o777).toBe(0o600);

  const { panel, card } = await open(launch, upstream, await login('mira'), runtimeRoot);
  const bar = panel.page.getByRole('contentinfo', { name: 'Status' });
  await expect(bar).toContainText('keys: GNOME keyring');
  expect((await ping(panel)).status).toBe(200);
  expect(keysAt(upstream)).toEqual([key, key]);
  await card.open();
  await expect(card.root).toContainText('••••vLx0');
  await expect(card.root).toContainText('kept in GNOME keyring');
});

test('with another keyring the key is locked, and only its replace button overwrites it', async ({
  launch,
  upstream,
  login,
}) => {
  const runtimeRoot = await saveKey(launch, upstream, await login('mira'));
  const before = readFileSync(join(runtimeRoot, file));
  const { panel, card } = await open(launch, upstream, await login('somebody else'), runtimeRoot);
  expect((await ping(panel)).body['details']).toMatchObject({ state: 'locked' });
  await card.open();
  await expect(card.root).toContainText('cannot be decrypted');
  const refused = await panel.ask('keys.set', { provider: 'openai_public', key: `${key}-second` });
  expect(refused).toMatchObject({ ok: false, error: { code: 'key_locked' } });
  expect(readFileSync(join(runtimeRoot, file))).toEqual(before);
  await card.button('Replace the locked key').click();
  await card.enterKey(`${key}-second`);
  await expect(card.outcome).toContainText('key in GNOME keyring');
  expect(keysAt(upstream).at(-1)).toBe(`${key}-second`);
});

const shut = ['a keyring that does not open', 'a system without a keyring'] as const;
for (const what of shut) {
  test(`${what} locks the key, and a key for this session leaves it unchanged`, async ({
    launch,
    upstream,
    login,
  }) => {
    test.slow();
    const runtimeRoot = await saveKey(launch, upstream, await login('mira'));
    const before = readFileSync(join(runtimeRoot, file));
    const session = what === shut[0] ? await login('mira', 'not her password') : noKeyring;
    const { panel, card } = await open(launch, upstream, session, runtimeRoot);
    await card.open();
    await expect(card.root).toContainText('did not open');
    await card.button('Use another key for this session').click();
    await expect(card.root).toContainText('kept for this session only');
    await card.enterKey(`${key}-session`);
    await expect(card.outcome).toContainText('key for this session only');
    expect(keysAt(upstream).at(-1)).toBe(`${key}-session`);
    await panel.close();
    expect(readFileSync(join(runtimeRoot, file))).toEqual(before);

    const again = await open(launch, upstream, await login('mira'), runtimeRoot);
    expect((await ping(again.panel)).status).toBe(200);
    expect(keysAt(upstream).at(-1)).toBe(key);
  });
}

test('a damaged ciphertext is locked; a damaged file is set aside', async ({ launch, upstream, login }) => {
  const session = await login('mira');
  const runtimeRoot = await saveKey(launch, upstream, session);
  const path = join(runtimeRoot, file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace(/"sealed": "(.{24})/, '"sealed": "djExAAAAAAAAAAAAAAAAAAAA'));
  const first = await open(launch, upstream, session, runtimeRoot);
  await first.card.open();
  await expect(first.card.root).toContainText('cannot be decrypted');
  await first.panel.close();

  writeFileSync(path, text.slice(0, 40));
  const second = await open(launch, upstream, session, runtimeRoot);
  await second.card.open();
  const { body } = await callApi(second.panel.apiUrl, 'GET', '/api/llm/registry');
  expect(JSON.stringify(body['warnings'])).toContain('keys.keyring.json');
  await second.card.enterKey(key);
  await expect(second.card.outcome).toContainText('key in GNOME keyring');
  const { body: after } = await callApi(second.panel.apiUrl, 'GET', '/api/llm/registry');
  const [stored = ''] = /keys\.keyring\.json\.broken-[\w-]+/.exec(JSON.stringify(after['warnings'])) ?? [];
  expect(readFileSync(join(runtimeRoot, 'data', stored), 'utf8')).toBe(text.slice(0, 40));
});
