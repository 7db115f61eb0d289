import { goTo } from './shot-steps.mjs';

const calls = 500;

/** Fills the call log like a busy day: answers, dry runs, and calls that a provider refused. */
function fillCallLog(page) {
  return page.evaluate(async (count) => {
    const ask = (n) => {
      const input = {
        module: ['translate', 'vn_chat', 'narrator'][n % 3],
        messages: [{ role: 'user', content: `Line ${n}` }],
      };
      const target =
        n % 7 === 0
          ? { provider: 'lmstudio_local', retries: 0 }
          : n % 3 === 0
            ? { dry_run: true }
            : { provider: 'stub' };
      return window.panel.request('chat.send', { ...input, ...target }, `shots-${n}`);
    };
    for (let n = 0; n < count; n += 10) await Promise.all(Array.from({ length: 10 }, (_, i) => ask(n + i)));
  }, calls);
}

const list = (page) => page.getByRole('navigation', { name: 'List' });

const history = [
  {
    name: 'history-full',
    async prepare(page) {
      await fillCallLog(page);
      await goTo(page, 'History');
      await page.getByRole('row').nth(20).waitFor();
    },
  },
  {
    name: 'history-failed-call',
    async prepare(page) {
      await page.getByRole('radio', { name: 'Failed' }).click();
      await page.getByRole('row').nth(1).click();
      await page.keyboard.press('Enter');
    },
  },
];

const serverPage = (name, label) => ({
  name,
  async prepare(page) {
    await goTo(page, 'Server');
    await list(page).getByRole('button', { name: label }).click();
  },
});

const bench = [
  {
    name: 'bench-compare',
    async prepare(page) {
      await goTo(page, 'Bench');
      for (const column of [2, 3]) {
        await page.keyboard.press('Control+\\');
        await page.getByRole('region', { name: `Column ${column}` }).waitFor();
      }
      await page.getByRole('radio', { name: 'DRY RUN' }).click();
      await page.keyboard.press('Control+Enter');
    },
  },
  {
    name: 'bench-variables',
    async prepare(page) {
      for (const column of [3, 2]) await page.getByRole('button', { name: `Close column ${column}` }).click();
      await page.getByRole('radio', { name: 'Variables' }).click();
      await page.keyboard.press('Control+S');
    },
  },
  {
    name: 'palette',
    async prepare(page) {
      await page.keyboard.press('Control+K');
      await page.getByRole('combobox', { name: 'All commands' }).fill('trans');
    },
  },
];

const rest = [
  {
    name: 'prompt-pack',
    async prepare(page) {
      await page.keyboard.press('Escape');
      await goTo(page, 'Prompt packs');
      await list(page).getByRole('button').filter({ hasText: 'Translate' }).first().click();
    },
  },
];

/** Every view with much data. These scenes come last, since nothing empties the log again. */
export const fullScenes = [
  ...history,
  serverPage('server-connect', 'Connect ComfyVN'),
  serverPage('server-log', 'Live log'),
  serverPage('server-flags', 'Feature flags'),
  serverPage('server-spend', 'Spend and latency'),
  ...bench,
  ...rest,
];
