import { fullScenes } from './full-scenes.mjs';
import { goTo, openTab } from './shot-steps.mjs';

const narrow = [[960, 600]];

const inspectorFilled = (page) =>
  page.getByRole('complementary', { name: 'Inspector' }).getByText('SHA-256').waitFor();

async function pickTarget(page, name) {
  await page.getByRole('combobox', { name: /^Target/ }).click();
  await page.getByRole('option', { name }).click();
}

const bench = [
  { name: 'bench', prepare: (page) => page.getByRole('textbox', { name: 'Message 1' }).waitFor() },
  {
    name: 'bench-answered',
    async prepare(page) {
      await page.keyboard.press('Control+Enter');
      await page.getByTestId('reply').waitFor();
      await inspectorFilled(page);
    },
  },
  {
    name: 'bench-inspector',
    sizes: narrow,
    async prepare(page) {
      await page.keyboard.press('Control+I');
      await inspectorFilled(page);
    },
  },
  {
    name: 'bench-picker',
    sizes: narrow,
    async prepare(page) {
      await page.keyboard.press('Escape');
      await page.getByRole('combobox', { name: /^Target/ }).click();
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'bench-failed',
    async prepare(page) {
      await page.keyboard.press('Escape');
      await pickTarget(page, /LM Studio/);
      await page.getByRole('radio', { name: 'LIVE' }).click();
      await page.keyboard.press('Control+Enter');
      await page.getByRole('region', { name: 'Result' }).getByRole('alert').waitFor();
      await inspectorFilled(page);
    },
  },
];

const providerRow = (page, group, name) =>
  page.getByRole('region', { name: group }).getByRole('button', { name }).last();

const providers = [
  {
    name: 'providers-cloud',
    async prepare(page) {
      await goTo(page, 'Providers');
      await providerRow(page, 'Off', 'OpenAI').click();
      await page.getByRole('form', { name: 'Edit' }).waitFor();
    },
  },
  {
    name: 'providers-checked',
    async prepare(page) {
      await page.getByRole('button', { name: 'Check all' }).click();
      await page.getByRole('region', { name: 'Unreachable' }).waitFor();
      await page.getByRole('button', { name: 'Check all' }).waitFor();
      await providerRow(page, 'Unreachable', 'Ollama').click();
    },
  },
  {
    name: 'providers-models',
    async prepare(page) {
      await providerRow(page, 'Off', 'OpenAI').click();
      await openTab(page, 'Models');
      await page.getByRole('row', { name: /^gpt-4o-mini/ }).click();
      await page.getByRole('region', { name: 'GPT-4o mini' }).waitFor();
    },
  },
  {
    name: 'providers-sync-failed',
    async prepare(page) {
      await providerRow(page, 'Needs key', 'LM Studio').click();
      await openTab(page, 'Models');
      await page.getByRole('button', { name: 'Sync', exact: true }).click();
      await page.getByRole('main').getByRole('alert').waitFor();
    },
  },
  {
    name: 'providers-activity',
    async prepare(page) {
      await openTab(page, 'Activity');
      await page.getByRole('grid', { name: 'Last calls' }).getByRole('row').nth(1).waitFor();
    },
  },
  {
    name: 'providers-all-models',
    async prepare(page) {
      await page.getByRole('button', { name: /^All models/ }).click();
      await page.getByRole('grid', { name: 'All models' }).getByRole('row').nth(1).waitFor();
    },
  },
  {
    name: 'providers-local',
    async prepare(page) {
      await page.getByRole('button', { name: 'Add provider' }).click();
      await page.getByRole('menuitem', { name: 'Local server…' }).click();
      const look = page.getByRole('button', { name: 'Look for local servers' });
      if (await look.count()) await look.first().click();
      await page.getByRole('button', { name: 'Look again' }).waitFor();
    },
  },
  {
    name: 'providers-register',
    async prepare(page) {
      await page.getByRole('button', { name: 'Add provider' }).click();
      await page.getByRole('menuitem', { name: 'Temporary…' }).click();
      const form = page.getByRole('form', { name: 'Add a server' });
      await form.getByRole('button', { name: 'Add for this session', exact: true }).click();
    },
  },
];

const modules = [
  {
    name: 'modules-rule',
    async prepare(page) {
      await goTo(page, 'Modules');
      await page.getByRole('button', { name: /^14 claude/ }).click();
      await page.getByRole('textbox', { name: 'top_p value' }).fill('0.9');
      await page.getByRole('note').first().waitFor();
    },
  },
  {
    name: 'modules-schema',
    async prepare(page) {
      await openTab(page, 'Schema');
      await page.getByRole('region', { name: 'A reply that fits' }).waitFor();
    },
  },
  {
    name: 'modules-diff',
    async prepare(page) {
      await openTab(page, 'Diff');
      await page.getByRole('textbox', { name: 'Now' }).waitFor();
    },
  },
  {
    name: 'modules-json',
    async prepare(page) {
      await openTab(page, 'JSON');
      await page.getByRole('textbox', { name: 'The preset as JSON' }).waitFor();
    },
  },
];

const projectTab = (page, name) =>
  page.getByRole('tablist', { name: 'Parts of the project' }).getByRole('tab', { name }).click();

const translate = [
  {
    name: 'translate-files',
    async prepare(page) {
      await goTo(page, 'Translate');
      await page.getByRole('button', { name: 'Try it with a sample' }).click();
      await page.getByRole('region', { name: 'What was found' }).waitFor();
    },
  },
  {
    name: 'translate-run',
    async prepare(page) {
      await page.getByRole('button', { name: 'Run…' }).click();
      await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    },
  },
  {
    name: 'translate-review',
    async prepare(page) {
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await projectTab(page, 'Review');
      const row = page
        .getByRole('grid', { name: 'Lines' })
        .getByRole('row')
        .filter({ hasText: '~Rain drums' });
      await row.click();
    },
  },
  {
    name: 'translate-settings',
    async prepare(page) {
      await projectTab(page, 'Settings');
      await page.getByRole('heading', { name: 'Money and speed' }).waitFor();
    },
  },
];

function sceneOfView(name) {
  const prepare = async (page) => {
    await goTo(page, name);
    await page.getByRole('main', { name }).getByRole('heading', { level: 1 }).first().waitFor();
  };
  return { name: name.toLowerCase().replaceAll(' ', '-'), prepare };
}

/**
 * All scenes, in an order in which one window can show them: the Bench in its states, every other view of the
 * rail, states of those, then all of them with much data.
 * @param {import('playwright/test').Page} page
 * @returns {Promise<{ name: string, prepare(page: import('playwright/test').Page): Promise<unknown>,
 *   sizes?: number[][] }[]>} `sizes` in pixels, if a scene is only for some of them
 */
export async function scenes(page) {
  const buttons = await page.getByRole('navigation', { name: 'Views' }).getByRole('button').all();
  const names = await Promise.all(buttons.map((button) => button.getAttribute('aria-label')));
  if (names.length === 0) throw new Error('the rail of the window has no views: is it called otherwise now?');
  const others = names.filter((name) => name !== 'Bench').map(sceneOfView);
  return [...bench, ...others, ...providers, ...modules, ...translate, ...fullScenes];
}
