import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { KeyCard } from './pages/key-card.ts';
import { callApi } from './support/api.ts';
import { keysAt, openAiAt, openAiCall } from './support/openai-at.ts';
import { domOf, heapOf, recordTraffic } from './support/page-memory.ts';

const plant = (where: string) => `sk/${where}+Zq81kTw5vLx0mN${where.length}`;
const planted = {
  typed: plant('typed'),
  replaced: plant('replaced'),
  environment: plant('environment'),
  adapter: plant('adapter'),
  adapterHeader: plant('adapter-header'),
  file: plant('file'),
};
/** The forms in which a key may appear: as text, in JSON inside JSON, in a URL, in a Basic header. */
const forms = Object.entries(planted).flatMap(([where, key]) =>
  [
    key,
    encodeURIComponent(key),
    key.replaceAll('/', '\\/'),
    Buffer.from(key).toString('base64').slice(0, -4),
  ].map((form) => ({ where, form })),
);
const found = (text: string) => forms.filter(({ form }) => text.includes(form)).map(({ where }) => where);

test('a key is never in the page, its memory or its messages, whether typed, saved or from the environment', async ({
  launch,
  upstream,
}) => {
  test.slow();
  // The provider repeats what it received, as some do.
  const echo = { data: [{ id: 'e2e-model' }] };
  upstream.listWith((response, { headers }) => void response.end(JSON.stringify({ ...echo, headers })));
  const panel = await launch(
    openAiAt(upstream, {
      env: {
        COMFYVN_LLM_OPENROUTER_BASE_URL: upstream.baseUrl,
        OPENROUTER_API_KEY: planted.environment,
        COMFYVN_LLM_KEY_PASSPHRASE: 'correct horse battery',
      },
      files: {
        'config/comfyvn.json': { features: { enable_public_llm: true } },
        'config/llm/providers/box.json': {
          name: 'box',
          adapter: 'openai_compat',
          base: upstream.baseUrl,
          headers: { Authorization: `Bearer ${planted.file}` },
          models: [{ id: 'm' }],
        },
      },
    }),
  );
  const { page } = panel;
  const traffic = await recordTraffic(panel);
  await callApi(panel.apiUrl, 'POST', '/api/llm/runtime/register', {
    id: 'lent',
    provider: 'openai_compat',
    metadata: {
      base_url: upstream.baseUrl,
      api_key: planted.adapter,
      headers: { 'x-proxy-token': planted.adapterHeader },
      models: ['m'],
    },
  });

  const card = new KeyCard(page, 'OpenAI');
  await card.open();
  // The field contains the typed, unsaved key, so it would be found there.
  await card.paste(planted.typed);
  expect(found(await domOf(page))).toEqual(['typed']);
  await page.keyboard.press('Enter');
  await expect(card.outcome).toContainText('OK');
  await card.button('Replace').click();
  await card.enterKey(planted.replaced);
  await expect(card.root).toContainText(`••••${planted.replaced.slice(-4)}`);
  await expect(card.outcome).toContainText('OK');
  // The keyboard does not restore it either.
  await card.button('Replace').click();
  await card.field.focus();
  await page.keyboard.press('Control+z');
  await expect(card.field).toHaveValue('');

  const bench = new Bench(page);
  await bench.goTo('Bench');
  const message = 'control-0123456789-typed-into-the-bench';
  await bench.message().fill(message);
  for (const target of [/^OpenAI/, /^OpenRouter/, 'lent', 'box']) {
    await bench.pickTarget(target);
    await bench.run();
    await expect(bench.inspector.root).toContainText('POST');
  }
  for (const view of ['History', 'Server', 'Settings', 'Providers']) await bench.goTo(view);
  expect((await callApi(panel.apiUrl, 'POST', '/api/llm/chat', openAiCall)).status).toBe(200);

  const heap = await heapOf(page);
  // Proves that the search finds text: without this it could pass whatever leaked.
  expect(heap).toContain(message);
  expect(found(heap), 'in the heap').toEqual([]);
  expect(found(await domOf(page)), 'in the page').toEqual([]);

  const messages = await traffic.all();
  const withKey = messages.filter(({ text }) => found(text).length > 0);
  expect(messages.length).toBeGreaterThan(20);
  expect(withKey.map(({ what }) => what.replace(/^(\w+) .*?([\w.]+)$/, '$1 $2'))).toEqual([
    'request keys.set',
    'request keys.set',
  ]);
  // The keys did reach the provider.
  expect(keysAt(upstream)).toContain(planted.typed);
  expect(keysAt(upstream).at(-1)).toBe(planted.replaced);
});
