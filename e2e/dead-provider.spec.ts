import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { Providers } from './pages/providers.ts';
import { callApi } from './support/api.ts';
import type { Panel } from './support/panel.ts';
import { SilentServer } from './support/silent-server.ts';

/** An address that never answers. */
const blackhole = 'http://10.255.255.1:11434';

const deadProviders = (silent: SilentServer, alive: string) => ({
  COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: silent.baseUrl,
  COMFYVN_LLM_OLLAMA_DEFAULT_BASE_URL: blackhole,
  COMFYVN_LLM_OWN_NETWORKS: blackhole,
  COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: alive,
  COMFYVN_LLM_OPENROUTER_BASE_URL: silent.baseUrl,
  OPENAI_API_KEY: 'sk-e2e-0123456789',
  OPENROUTER_API_KEY: 'sk-or-e2e-0123456789',
});
const on = { 'config/comfyvn.json': { features: { enable_public_llm: true } } };

/** Milliseconds from the start of navigation until the Bench can be used. */
const interactive = ({ page }: Panel) =>
  page.evaluate(() => performance.getEntriesByName('interactive')[0]?.startTime ?? Number.NaN);

test('unreachable providers are not checked at start, and do not delay the window', async ({
  launch,
  upstream,
}) => {
  test.slow();
  const silent = await SilentServer.start();
  const times: Record<'with' | 'without', number[]> = { with: [], without: [] };
  // Alternating, so that a busy moment of the machine affects both; only the best time of each counts.
  for (let round = 0; round < 3; round++)
    for (const what of ['without', 'with'] as const) {
      const env = what === 'with' ? deadProviders(silent, upstream.baseUrl) : {};
      const panel = await launch({ env, files: on });
      times[what].push(await interactive(panel));
      await panel.close();
    }
  expect(silent.connections).toBe(0);
  // A start that waits for one of them takes longer: three seconds for a check, five for a connection attempt.
  expect(Math.min(...times.with)).toBeLessThan(Math.min(...times.without) + 2500);
  test.info().annotations.push({ type: 'interactive, ms', description: JSON.stringify(times) });
  await silent.close();
});

test('while they are being checked, the Bench, the API and other providers respond', async ({
  launch,
  upstream,
}) => {
  const silent = await SilentServer.start();
  const panel = await launch({ env: deadProviders(silent, upstream.baseUrl), files: on });
  const providers = new Providers(panel.page);
  await providers.open();
  const call = (provider: string) =>
    callApi(panel.apiUrl, 'POST', '/api/llm/chat', {
      provider,
      model: 'some-model',
      retries: 0,
      messages: [{ role: 'user', content: 'Ping' }],
      params: { max_tokens: 5 },
    });
  const hanging = new AbortController();
  const never = fetch(`${panel.apiUrl}/api/llm/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      provider: 'lmstudio_local',
      model: 'm',
      messages: [{ role: 'user', content: 'Ping' }],
    }),
    signal: hanging.signal,
  }).then(
    () => 'answered',
    () => 'left',
  );
  await expect.poll(() => silent.connections).toBeGreaterThan(0);

  const bench = new Bench(panel.page);
  await bench.goTo('Bench');
  await bench.run();
  await expect(bench.replyText).not.toBeEmpty();
  expect((await callApi(panel.apiUrl, 'GET', '/api/llm/registry')).status).toBe(200);
  expect((await call('stub')).status).toBe(200);
  const [dead1, alive] = await Promise.all([
    panel.ask('providers.check', { name: 'openrouter' }),
    panel.ask('providers.check', { name: 'openai_public' }),
  ]);
  expect(alive).toMatchObject({ ok: true, data: { diagnostics: { status: 'ok' } } });
  expect(dead1).toMatchObject({ ok: true, data: { diagnostics: { status: 'unreachable' } } });
  hanging.abort();
  expect(await never).toBe('left');
  await silent.close();
});
