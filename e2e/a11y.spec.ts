import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { expect, onlyIn, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { Modules } from './pages/modules.ts';
import { PromptPacks } from './pages/prompt-packs.ts';
import { Providers } from './pages/providers.ts';
import { Server } from './pages/server.ts';
import type { Panel } from './support/panel.ts';
import { refusal } from './support/upstream-answers.ts';

onlyIn('electron', 'the page is the same in both; the desktop’s is the one that is shipped');

// axe reads whole pages, which takes a busy machine close to a minute.
test.describe.configure({ timeout: 180_000 });

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// base-ui's focus guards are hidden elements that pass the focus on at once; axe reports them as focus traps.
const focusGuards = '[data-base-ui-focus-guard]';
// A separator between two landmarks is in neither of them.
const separators = '[data-separator]';

/** The problems that axe finds, one line per node. */
async function findings(page: Page, without: string[] = []): Promise<string[]> {
  // Electron has no second page, which the other mode needs to combine the results of frames.
  const axe = new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(rules)
    .exclude(focusGuards)
    .exclude(separators);
  const isDark = (await page.locator('html').getAttribute('data-theme')) === 'dark';
  const chosen = isDark ? axe.withRules(ofColours) : axe.disableRules(without);
  const { violations } = await chosen.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html.slice(0, 160)}`),
  );
}

/** The rules that depend on the theme. All other rules are checked in the light theme. */
const ofColours = ['color-contrast', 'link-in-text-block'];

async function setTheme({ page, ask }: Panel, theme: 'light' | 'dark'): Promise<void> {
  await ask('settings.update', { theme });
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
  // Colour transitions take up to 120 ms; axe must not measure in the middle of one.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  );
}

for (const language of ['ja', 'zh-CN'] as const)
  test(`axe finds no problem in any view in ${language}`, async ({ panel }) => {
    const bench = new Bench(panel.page);
    for (const name of await bench.viewNames()) {
      await bench.goTo(name);
      await panel.ask('settings.update', { language });
      await expect(panel.page.locator('html')).toHaveAttribute('lang', language);
      // Colours are the same in every language.
      await expect.soft(findings(panel.page, ofColours), name).resolves.toEqual([]);
      await panel.ask('settings.update', { language: 'en' });
      await expect(panel.page.locator('html')).toHaveAttribute('lang', 'en');
    }
  });

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds no problem in any view, ${theme}`, async ({ panel }) => {
    const bench = new Bench(panel.page);
    await setTheme(panel, theme);
    for (const name of await bench.viewNames()) {
      await bench.goTo(name);
      await expect.soft(findings(panel.page), name).resolves.toEqual([]);
    }
  });

  test(`axe finds no problem on any page of the Server view, ${theme}`, async ({ panel }) => {
    const server = new Server(panel.page);
    await setTheme(panel, theme);
    for (const name of [
      'Live log',
      'Connect ComfyVN',
      'Local servers',
      'Feature flags',
      'Spend and latency',
    ] as const) {
      await server.open(name);
      await server.main.getByRole('heading', { level: 1, name }).waitFor();
      if (name === 'Connect ComfyVN') await server.button('Test connection').click();
      if (name === 'Connect ComfyVN') await server.main.getByText('The connection works').waitFor();
      await expect.soft(findings(panel.page), name).resolves.toEqual([]);
    }
    await server.openEndpoint('POST /api/llm/chat');
    await server.code('cURL').waitFor();
    await expect.soft(findings(panel.page), 'endpoint').resolves.toEqual([]);
  });

  test(`axe finds no problem in any part of a prompt pack, ${theme}`, async ({ panel }) => {
    const packs = new PromptPacks(panel.page);
    await setTheme(panel, theme);
    await packs.open();
    await expect.soft(findings(panel.page), 'built-in').resolves.toEqual([]);
    // A built-in pack can be read and selected; typing changes nothing.
    await packs.rewrite('Last message', '{{ lien }}');
    await packs.button('Duplicate to edit').click();
    await packs.button('Save').waitFor();
    await packs.rewrite('Last message', '{{ lien }}');
    await packs.problems.waitFor();
    await packs.button('Edit values').click();
    for (const name of ['Prompt', 'Variables', 'Output schema', 'Details', 'Versions']) {
      await packs.tab(name).click();
      await panel.page.getByRole('tabpanel', { name }).waitFor();
      await expect.soft(findings(panel.page), name).resolves.toEqual([]);
    }
    await panel.page.getByRole('button', { name: 'New prompt pack' }).click();
    await panel.page.getByRole('form', { name: 'New prompt pack' }).waitFor();
    await expect.soft(findings(panel.page), 'new').resolves.toEqual([]);
  });

  test(`axe finds no problem in a reply, a failure, an open picker and the form, ${theme}`, async ({
    launch,
    upstream,
  }) => {
    const panel = await launch({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl } });
    panel.watch.expect(/status of 502/);
    const bench = new Bench(panel.page);
    await setTheme(panel, theme);
    await bench.run();
    await expect(bench.replyText).not.toBeEmpty();
    await expect(bench.inspector.body).toBeVisible();
    await expect.soft(findings(panel.page), 'reply').resolves.toEqual([]);

    upstream.answerWith(refusal(401, 'Incorrect API key provided.', 'invalid_api_key'));
    await bench.pickTarget(/LM Studio/);
    await bench.mode('LIVE').click();
    await bench.run();
    await expect(bench.errorCard).toBeVisible();
    await expect.soft(findings(panel.page), 'failure').resolves.toEqual([]);

    await panel.page.getByRole('combobox', { name: /^Target/ }).click();
    await panel.page.getByRole('option').first().waitFor();
    // An open list is outside the page's landmarks on purpose.
    await expect.soft(findings(panel.page, ['region']), 'picker').resolves.toEqual([]);
    await panel.page.keyboard.press('Escape');

    const providers = new Providers(panel.page);
    await providers.open();
    await providers.openForm();
    await providers.form.getByRole('button', { name: 'Add for this session', exact: true }).click();
    await expect.soft(findings(panel.page), 'form with an error').resolves.toEqual([]);
  });

  test(`axe finds no problem in a provider’s tabs, its sync results and the local servers found, ${theme}`, async ({
    launch,
    upstream,
  }) => {
    const panel = await launch({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl } });
    const { page } = panel;
    const providers = new Providers(page);
    await setTheme(panel, theme);
    await panel.ask('chat.send', {
      provider: 'lmstudio_local',
      messages: [{ role: 'user', content: 'Ping' }],
    });
    await providers.open();
    await providers.row('Not checked', 'LM Studio').click();
    const detail = providers.detail('LM Studio');
    await detail.getByRole('button', { name: 'Add header' }).click();
    await detail.getByRole('button', { name: 'Plan a test' }).click();
    await detail.getByRole('tab', { name: 'Request' }).waitFor();
    await expect.soft(findings(page), 'connection').resolves.toEqual([]);
    await providers.openTab('LM Studio', 'Models');
    await providers.table('Models').getByRole('row').nth(1).click();
    await expect.soft(findings(page), 'models').resolves.toEqual([]);
    await detail.getByRole('button', { name: 'Sync', exact: true }).click();
    await providers.table('What its list would change').getByRole('row').nth(1).waitFor();
    await expect.soft(findings(page), 'sync').resolves.toEqual([]);
    await providers.openTab('LM Studio', 'Activity');
    await providers.table('Last calls').getByRole('row').nth(1).waitFor();
    await expect.soft(findings(page), 'activity').resolves.toEqual([]);
    await page.getByRole('button', { name: /^All models/ }).click();
    await providers.table('All models').getByRole('row').nth(1).waitFor();
    await expect.soft(findings(page), 'all models').resolves.toEqual([]);
    await providers.add('Local server…');
    await page.getByRole('button', { name: 'Look again' }).waitFor();
    await expect.soft(findings(page), 'local servers').resolves.toEqual([]);
  });

  test(`axe finds no problem in a preset’s tabs, a broken rule and an invalid text, ${theme}`, async ({
    panel,
  }) => {
    const modules = new Modules(panel.page);
    await setTheme(panel, theme);
    await modules.open('Translate', /14 claude-haiku-5-5/);
    await modules.value('top_p').fill('0.9');
    await modules.parameter('top_p').getByRole('note').waitFor();
    await expect.soft(findings(panel.page), 'rule').resolves.toEqual([]);
    await modules.tab('Schema').click();
    await modules.editor('JSON Schema').waitFor();
    await expect.soft(findings(panel.page), 'schema').resolves.toEqual([]);
    await modules.tab('Diff').click();
    await modules.editor('Now').waitFor();
    await expect.soft(findings(panel.page), 'diff').resolves.toEqual([]);
    await modules.tab('JSON').click();
    await modules.type(modules.editor('The preset as JSON'), '{ "options": 3');
    await panel.page.getByRole('list', { name: 'Problems' }).getByRole('button').waitFor();
    await expect.soft(findings(panel.page), 'an invalid text').resolves.toEqual([]);
  });
}
