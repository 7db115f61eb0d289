import { AxeBuilder } from '@axe-core/playwright';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { ProjectView } from '../contract/translation.ts';
import { engineMissing, GameCopy } from '../main/formats/renpy/__fixtures__/engine.ts';
import { expect, test } from './fixtures.ts';
import { Translate } from './pages/translate.ts';
import { answerBatches } from './support/batch-answers.ts';
import { answerLines, translated } from './support/line-answers.ts';
import { openAiAt } from './support/openai-at.ts';
import type { Panel } from './support/panel.ts';
import { projectRoot } from './support/project-scripts.ts';

const sample = join(projectRoot, 'samples', 'the-last-train');

/** Loses a tag, and the glossary's word for one name: two lines that need a review. */
const carelessTranslation = (text: string) =>
  text.includes('{i}never{/i}')
    ? translated(text.replace('{i}', '').replace('{/i}', ''))
    : text.startsWith('Tickets')
      ? translated(text.replace('Tickets', 'チケット'))
      : translated(
          text
            .replace('Station Master Kuro', 'クロ駅長')
            .replace('tickets', '切符')
            .replace('ticket', '切符'),
        );

async function viewOf({ ask }: Panel, project: string): Promise<ProjectView> {
  const answer = await ask('translate.get', { project });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.data.project;
}

/** The files of an export: in the project's folder, or in the zip that the browser saves. */
async function exportedFiles(
  panel: Panel,
  translate: Translate,
  folder: string,
): Promise<Record<string, string>> {
  const press = () =>
    translate.work
      .getByRole('region', { name: 'Export' })
      .getByRole('button', { name: 'Export', exact: true })
      .click();
  if (panel.app) {
    await press();
    await expect(translate.work.getByRole('region', { name: 'Export report' })).toBeVisible();
    const path = 'game/tl/japanese/script.rpy';
    return { [path]: readFileSync(join(folder, 'output', path), 'utf8') };
  }
  const [download] = await Promise.all([panel.page.waitForEvent('download'), press()]);
  const files = unzipSync(readFileSync(await download.path()));
  return Object.fromEntries(
    Object.entries(files).map(([path, bytes]) => [path, Buffer.from(bytes).toString('utf8')]),
  );
}

test('a run is not offered while its provider is off or lacks a key', async ({ panel }) => {
  const translate = new Translate(panel);
  await translate.open();
  await translate.pasteText('Mira: Good morning.');
  await translate.button(/^Run/).first().click();
  const question = translate.work.getByRole('region', { name: 'Run this plan?' });
  await expect(question.getByText('OpenAI needs a key.')).toBeVisible();
  await expect(question.getByRole('button', { name: 'Run live' })).toBeDisabled();
});

test('a game is dropped, planned, translated, reviewed and exported, and Ren’Py accepts it', async ({
  launch,
  upstream,
}) => {
  test.setTimeout(180_000);
  upstream.answerWith(answerLines(carelessTranslation));
  const panel = await launch(
    openAiAt(upstream, { env: { COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: 'e2e-key-1234567890' } }),
  );
  const { page } = panel;
  const translate = new Translate(panel);
  const game = mkdtempSync(join(tmpdir(), 'panel-game-'));
  try {
    await cp(sample, game, { recursive: true });
    await translate.open();
    await expect(translate.work).toContainText('Drop a game’s folder');
    await translate.chooseFolder(game);

    await expect(translate.tab('Files')).toHaveAttribute('aria-selected', 'true');
    await expect(translate.work.getByRole('region', { name: 'What was found' })).toContainText('Ren’Py');
    const project = await translate.projectId();
    const found = await viewOf(panel, project);
    expect(found.files).toBe(2);

    await translate.tab('Settings').click();
    await translate.pick('Preset', 'another model…');
    await translate.work.getByRole('combobox', { name: 'Provider' }).fill('openai_public');
    await page.keyboard.press('Escape');
    await translate.work.getByRole('combobox', { name: 'Model', exact: true }).fill('gpt-4o-mini');
    await page.keyboard.press('Escape');
    await translate.work.getByLabel('Limit for this project (USD)').fill('0.000001');
    await translate.button('Save settings').click();
    await expect.poll(async () => (await viewOf(panel, project)).settings.model).toBe('gpt-4o-mini');

    // Pastes terms from a spreadsheet.
    await translate.tab(/^Glossary/).click();
    await translate.work.getByRole('table', { name: 'Glossary' }).evaluate((table) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData(
        'text/plain',
        'Term\tTranslation\nStation Master Kuro\tクロ駅長\nTicket\t切符\nTickets\t切符',
      );
      table.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    await translate.button('Save glossary').click();
    await expect
      .poll(() => readFileSync(join(found.folder, 'glossary.csv'), 'utf8'))
      .toContain('Station Master Kuro,クロ駅長');

    // The plan has the exact bytes.
    await translate.button('Plan').click();
    const requests = translate.work.getByRole('grid', { name: 'Requests' });
    await requests.getByRole('row').nth(1).click();
    await expect(translate.inspector.body).toContainText('Translate:');
    const planned = await translate.inspector.rawBody();
    expect(upstream.chats).toHaveLength(0);

    await translate.button('Run…').click();
    const offer = translate.work.getByRole('region', { name: 'Run this plan?' });
    await expect(offer.getByRole('alert')).toContainText('The run cannot start');
    await expect(offer.getByRole('button', { name: 'Run live' })).toBeDisabled();
    await offer.getByRole('button', { name: 'Open settings' }).click();
    await translate.work.getByLabel('Limit for this project (USD)').fill('1');
    await translate.button('Save settings').click();
    await expect(offer).toContainText('Likely');
    await expect(offer.getByRole('button', { name: 'Run live' })).toBeEnabled();
    expect(upstream.chats).toHaveLength(0);
    await offer.getByRole('button', { name: 'Run live' }).click();
    await expect.poll(async () => (await viewOf(panel, project)).run?.state).toBe('done');
    expect(upstream.chats.map(({ body }) => body.toString('utf8'))).toContain(planned);

    // Two lines are flagged: one is corrected, the other approved as it is.
    await translate.tab('Review').click();
    await translate.pick('Show', /^flagged/);
    await expect.poll(() => translate.count()).toBe(2);
    const tags = translate.rows.filter({ hasText: 'never' });
    await expect(tags).toContainText('tags {i}');
    await expect(translate.rows.filter({ hasText: 'Tickets' })).toContainText('glossary Tickets');
    await tags.click();
    await expect(translate.inspector.root).toContainText('Lines around it');
    await expect(translate.inspector.root).toContainText('Code or placeholders differ');
    await page.keyboard.press('Enter');
    const editor = translate.work.getByRole('textbox', { name: 'Translation' });
    await editor.fill('{i}まさか{/i}手紙が届くとは。');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => translate.count()).toBe(1);
    await translate.rows.first().click();
    await translate.inspector.tab('Request').click();
    await expect(translate.inspector.root).toContainText('Identical request');
    await translate.rows.first().focus();
    await page.keyboard.press('Control+Enter');
    await expect(translate.work).toContainText('No line matches these filters');
    expect((await viewOf(panel, project)).units.by_state).toMatchObject({ reviewed: 2 });

    await translate.button('Export…').click();
    const files = await exportedFiles(panel, translate, found.folder);
    const script = files['game/tl/japanese/script.rpy'] ?? '';
    expect(script).toContain('{i}まさか{/i}手紙が届くとは。');
    expect(script).toContain(translated('The board says that the last train leaves at 23:40.'));
    expect(readFileSync(join(game, 'game', 'script.rpy'))).toEqual(
      readFileSync(join(sample, 'game', 'script.rpy')),
    );

    if (engineMissing === null) {
      const copy = await GameCopy.make(null);
      try {
        for (const name of ['script.rpy', 'screens.rpy'])
          await copy.write(`game/${name}`, readFileSync(join(sample, 'game', name)));
        await copy.write('game/tl/japanese/script.rpy', script);
        const spoken = await copy.dialogue('japanese');
        expect(spoken.map(({ what }) => what)).toContain('{i}まさか{/i}手紙が届くとは。');
      } finally {
        await copy.remove();
      }
    }
  } finally {
    rmSync(game, { recursive: true, force: true });
  }
});

test('the sample is translated offline in a few clicks, and the view keeps its state', async ({ panel }) => {
  const translate = new Translate(panel);
  await translate.open();
  await translate.button('Try it with a sample').click();
  await expect(translate.tab('Files')).toHaveAttribute('aria-selected', 'true');
  await translate.button('Run…').click();
  const offer = translate.work.getByRole('region', { name: 'Run this plan?' });
  await expect(offer).toContainText('free');
  await offer.getByRole('button', { name: 'Run', exact: true }).click();
  await translate.tab('Review').click();
  await expect(translate.rows.filter({ hasText: '~Rain drums' })).toHaveCount(1);
  await translate.work.getByRole('searchbox', { name: 'Search text' }).fill('Night Line');
  await expect.poll(() => translate.count()).toBe(2);
  await translate.rows.first().click();
  await translate.goTo('History');
  await translate.rail.getByRole('button', { name: 'Translate' }).click();
  await expect.poll(() => translate.count()).toBe(2);
  await expect(translate.work.getByRole('searchbox', { name: 'Search text' })).toHaveValue('Night Line');
  await expect(translate.rows.first()).toHaveAttribute('aria-selected', 'true');
});

test(
  'a run says what its model still needs before it is started, and offers the fix beside it',
  { tag: '@page' },
  async ({ panel }) => {
    const translate = new Translate(panel);
    await translate.open();
    await translate.pasteText('The rain fell.');
    await translate.button('Run…').click();
    const offer = translate.work.getByRole('region', { name: 'Run this plan?' });
    await expect(offer).toContainText('is off: nothing is sent to it');
    await expect(offer).toContainText('needs a key');
    await offer.getByRole('button', { name: 'Turn on' }).click();
    const config = join(panel.runtimeRoot, 'config', 'comfyvn.json');
    await expect
      .poll(() => (existsSync(config) ? readFileSync(config, 'utf8') : ''))
      .toContain('enable_llm_');
    await expect(offer).not.toContainText('is off');
    // Another model is chosen and saved by keyboard alone; the focus stays in its field.
    await offer.getByRole('button', { name: 'Change model' }).focus();
    await panel.page.keyboard.press('Enter');
    await expect(translate.work.getByRole('combobox', { name: /^Preset/ })).toBeFocused();
    await translate.pick('Preset', 'another model…');
    const provider = translate.work.getByRole('combobox', { name: 'Provider' });
    await expect(provider).toHaveValue('stub');
    await provider.focus();
    await panel.page.keyboard.press('Control+S');
    await expect(offer).toContainText('to stub');
    await expect(provider).toBeFocused();
  },
);

test('a run is sent as a provider batch where the switch says so, and its replies are the lines’ drafts', async ({
  launch,
  upstream,
}) => {
  answerBatches(upstream);
  const panel = await launch(
    openAiAt(upstream, { env: { COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: 'e2e-key-1234567890' } }),
  );
  const translate = new Translate(panel);
  await translate.open();
  await translate.button('Paste text').click();
  await panel.page.keyboard.type('One fish here.\nTwo fish there.');
  await translate.button('Use this text').click();
  await expect(translate.tab(/^Files/)).toHaveAttribute('aria-selected', 'true');
  const project = await translate.projectId();
  const set = { provider: 'openai_public', model: 'gpt-4o-mini', target_language: 'Japanese' };
  await panel.ask('translate.configure', { project, set });
  await translate.button('Run…').click();
  const offer = translate.work.getByRole('region', { name: 'Run this plan?' });
  const live = await offer.getByText(/^\$/).first().textContent();
  await offer.getByRole('switch', { name: 'Send as a provider batch' }).click();
  await expect(offer.getByText(/^\$/).first()).not.toHaveText(live ?? '');
  expect(upstream.chats).toHaveLength(0);
  await offer.getByRole('button', { name: 'Submit the batch' }).click();
  await expect
    .poll(async () => (await viewOf(panel, project)).run)
    .toMatchObject({ state: 'done', delivery: 'batch' });
  expect(upstream.chats.map(({ path }) => path)).toEqual(['/v1/files', '/v1/batches']);
  expect((await viewOf(panel, project)).units.by_state).toEqual({ draft: 2 });
});

test('dropped files become a project, and a broken one is named', async ({ panel }) => {
  const translate = new Translate(panel);
  const folder = mkdtempSync(join(tmpdir(), 'panel-drop-'));
  try {
    writeFileSync(join(folder, 'one.txt'), 'The rain fell.\nShe waited.\n');
    writeFileSync(join(folder, 'beside.txt'), 'Not dropped.\n');
    await translate.open();
    await translate.dropFiles([join(folder, 'one.txt')]);
    await expect(translate.tab(/^Files/)).toHaveAttribute('aria-selected', 'true');
    const view = await viewOf(panel, await translate.projectId());
    expect([view.name, view.units.total, view.files]).toEqual(['one.txt', 2, 1]);
    expect(existsSync(view.folder)).toBe(true);
    // A picture is not a text: that is reported, and no unusable project is left behind.
    writeFileSync(join(folder, 'picture.png'), 'x');
    await panel.page.keyboard.press('Control+N');
    await translate.dropFiles([join(folder, 'picture.png')]);
    await expect(translate.work.getByRole('alert')).toContainText(/no (text )?file/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test(
  'lines are approved, corrected and searched by keyboard alone, and a text is replaced in all of them',
  { tag: '@page' },
  async ({ panel }) => {
    const translate = new Translate(panel);
    const { page } = panel;
    await translate.open();
    await translate.pasteText('One fish here.\nTwo fish there.\nThree fish everywhere.');
    const project = await translate.projectId();
    await panel.ask('translate.run', { project, mock: true, wait: true });
    await translate.tab('Review').click();
    await translate.rows.first().click();
    await page.keyboard.press('j');
    await expect(translate.rows.nth(1)).toBeFocused();
    await page.keyboard.press('k');
    await expect(translate.rows.first()).toBeFocused();
    await page.keyboard.press('Control+Enter');
    await expect(translate.rows.nth(1)).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('魚が二匹。');
    await page.keyboard.press('Enter');
    await expect(translate.rows.nth(1)).toContainText('魚が二匹。');
    await expect(translate.rows.nth(1)).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.type('忘れて');
    await page.keyboard.press('Escape');
    await expect(translate.rows.nth(1)).not.toContainText('忘れて');
    // A shortcut to another view saves what was typed.
    await page.keyboard.press('Enter');
    await page.keyboard.type('あとで。');
    await page.keyboard.press('Control+1');
    await expect(translate.view('Bench')).toBeVisible();
    await translate.open();
    await expect(translate.rows.nth(1)).toContainText('魚が二匹。あとで。');
    expect((await viewOf(panel, project)).units.by_state).toEqual({ reviewed: 1, draft: 2 });

    await translate.button('Replace…').click();
    await translate.work.getByRole('textbox', { name: 'Find in translations' }).fill('fish');
    await translate.work.getByRole('textbox', { name: 'Replace with' }).fill('魚');
    await page.keyboard.press('Enter');
    await translate.button('Replace in 2 lines').click();
    await expect(translate.rows.first()).toContainText('~One 魚 here.~');
    await translate.work.getByRole('button', { name: 'Close' }).click();
    await translate.rows.first().click();
    await expect(translate.inspector.root).toContainText('~One fish here.~');
  },
);

test('axe finds no problem in any part of a project, in light and dark', async ({ panel }) => {
  test.skip(panel.app === null, 'the page is the same in both; the desktop’s is the one that is shipped');
  test.setTimeout(120_000);
  const translate = new Translate(panel);
  const { page } = panel;
  await translate.open();
  await translate.button('Try it with a sample').click();
  await expect(translate.tab(/^Files/)).toHaveAttribute('aria-selected', 'true');
  const project = await translate.projectId();
  await panel.ask('translate.run', { project, wait: true });
  await panel.ask('translate.saveGlossary', { project, entries: [{ term: 'Tickets', translation: '切符' }] });
  for (const theme of ['light', 'dark'] as const) {
    await panel.ask('settings.update', { theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    for (const name of [/^Review/, /^Glossary/, /^Files/, /^Plan/, /^Runs/, /^Settings/]) {
      await translate.tab(name).click();
      if (String(name) === '/^Review/') await translate.rows.first().click();
      if (String(name) === '/^Plan/') await translate.button('Export…').click();
      await page.evaluate(() =>
        Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
      );
      const axe = new AxeBuilder({ page }).setLegacyMode(true).exclude('[data-base-ui-focus-guard]');
      const { violations } = await axe
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      const found = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
      );
      expect.soft(found, `${theme} ${String(name)}`).toEqual([]);
    }
  }
});
