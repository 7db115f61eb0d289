/* oxlint-disable no-empty-pattern -- Playwright reads the pattern to learn what a fixture needs. */
import type { Page } from 'playwright/test';
import { expect, onlyIn, reboundName, test as base } from './fixtures.ts';
import { callApi, runtimeIds } from './support/api.ts';
import { attackByFetch, attackByMarkup, attackByNullOrigin } from './support/attacks.ts';
import type { Targets } from './support/attacks.ts';
import { HostileSite } from './support/hostile-site.ts';
import type { Panel } from './support/panel.ts';
import { readServerLog } from './support/runtime-root.ts';

const messages = [{ role: 'user', content: 'spend money' }];

const test = base.extend<{ hostile: HostileSite; targets: Targets; untouched: () => Promise<void> }>({
  plantedEnv: async ({ upstream }, use) => use({ COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl }),
  hostile: async ({}, use) => {
    const site = await HostileSite.start();
    await use(site);
    await site.close();
  },
  targets: async ({ panel, upstream }, use) => {
    const own = { id: 'own', provider: 'lmstudio_local' };
    await callApi(panel.apiUrl, 'POST', '/api/llm/runtime/register', own);
    const metadata = { base_url: upstream.baseUrl };
    await use({
      api: panel.apiUrl,
      chat: JSON.stringify({ provider: 'lmstudio_local', messages }),
      registration: JSON.stringify({ id: 'evil', provider: 'lmstudio_local', label: 'evil', metadata }),
    });
  },
  /** Fails if the registry or the adapters have changed, or if the provider received a request. */
  untouched: async ({ panel, upstream, targets }, use) => {
    const registry = async () => ({
      ...(await callApi(targets.api, 'GET', '/api/llm/registry')).body,
      request_id: '',
    });
    const before = await registry();
    await use(async () => {
      expect(await registry()).toEqual(before);
      expect(await runtimeIds(panel.apiUrl)).toEqual(['own']);
      expect(upstream.received).toEqual([]);
    });
  },
});

onlyIn('web', 'a browser that has the panel open also has other pages open');

async function pageElsewhere({ page }: Panel, url: string): Promise<Page> {
  const hostile = await page.context().newPage();
  await hostile.goto(url);
  return hostile;
}

/** The number of requests that the server refused: without any, the attacks never arrived and prove nothing. */
async function refusals({ runtimeRoot }: Panel, code: string): Promise<number> {
  const lines = readServerLog(runtimeRoot).split('\n').filter(Boolean);
  return lines.filter((line) => (JSON.parse(line) as { code?: string }).code === code).length;
}

const nothing = (got: Record<string, string | null>) =>
  Object.fromEntries(Object.keys(got).map((name) => [name, null]));

for (const host of ['127.0.0.1', 'localhost'] as const) {
  test(`a page on ${host} in the same browser can read nothing with fetch`, async ({
    panel,
    hostile,
    targets,
    untouched,
  }) => {
    const page = await pageElsewhere(panel, hostile.url(host));
    const got = await page.evaluate(attackByFetch, targets);
    expect(got).toEqual(nothing(got));
    await expect.poll(() => refusals(panel, 'forbidden_origin')).toBeGreaterThanOrEqual(10);
    await untouched();
  });
}

test('forms, scripts, images, event sources and beacons can read nothing', async ({
  panel,
  hostile,
  targets,
  untouched,
}) => {
  const page = await pageElsewhere(panel, hostile.url('127.0.0.1'));
  const got = await page.evaluate(attackByMarkup, targets);
  expect(got).toEqual(nothing(got));
  await expect.poll(() => refusals(panel, 'forbidden_origin')).toBeGreaterThanOrEqual(7);
  await untouched();
});

test('a frame with a null origin can read nothing', async ({ panel, hostile, targets, untouched }) => {
  const page = await pageElsewhere(panel, hostile.url('127.0.0.1'));
  const { origin, ...got } = await page.evaluate(attackByNullOrigin, [targets, attackByFetch.toString()] as [
    Targets,
    string,
  ]);
  expect(origin).toBe('null');
  expect(got).toEqual(nothing(got));
  await expect.poll(() => refusals(panel, 'forbidden_origin')).toBeGreaterThanOrEqual(10);
  await untouched();
});

test('a name that resolves to this machine (DNS rebinding) can read nothing', async ({
  panel,
  targets,
  untouched,
}) => {
  const rebound = `http://${reboundName}:${new URL(targets.api).port}`;
  const page = await panel.page.context().newPage();
  for (const path of ['/', '/health', '/api/llm/registry']) {
    const response = await page.goto(rebound + path);
    expect(response?.status()).toBe(403);
    expect(await response?.json()).toMatchObject({ ok: false, code: 'forbidden_host' });
  }
  const got = await page.evaluate(attackByFetch, { ...targets, api: '' });
  expect(Object.values(got).filter((answer) => answer !== null && !answer.startsWith('403 '))).toEqual([]);
  await untouched();
});

test('the panel’s own page may call the API, so the other pages are refused because of their origin', async ({
  panel,
  targets,
}) => {
  panel.watch.expect(/status of 4\d\d/);
  const got = await panel.page.evaluate(attackByFetch, { ...targets, api: '' });
  expect(got['cors read of the registry']).toMatch(/^200 /);
  expect(got['preflighted chat']).toMatch(/^200 /);
  expect(got['preflighted registration']).toMatch(/^200 /);
});
