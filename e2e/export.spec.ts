import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { Translate } from './pages/translate.ts';
import { projectRoot } from './support/project-scripts.ts';

const sample = join(projectRoot, 'samples', 'the-last-train');

test.use({ plantedEnv: { COMFYVN_LLM_PROJECT_ROOTS: tmpdir() } });

test('the panel for an export takes the focus and gives it back, and shows the written files', async ({
  panel,
}) => {
  const translate = new Translate(panel);
  const made = await panel.ask('translate.create', {
    sample: true,
    target_language: 'Japanese',
    provider: 'stub',
  });
  if (!made.ok) throw new Error(made.error.message);
  const { id: project, folder } = made.data.project;
  await panel.ask('translate.import', { project });
  await panel.ask('translate.run', { project, wait: true });
  await translate.open();
  const opener = translate.button('Export…');
  const section = translate.work.getByRole('region', { name: 'Export', exact: true });
  await opener.press('Enter');
  await expect(section).toBeFocused();
  await panel.page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
  await opener.press('Enter');
  await section.getByRole('switch', { name: /^Include lines/ }).click();
  await section.getByRole('button', { name: 'Export', exact: true }).click();
  const report = section.getByRole('region', { name: 'Export report' });
  await expect(report).toBeVisible();
  const show = report.getByRole('button', { name: 'Show in the file manager' });
  if (!panel.app) {
    await expect(show).toHaveCount(0);
    return;
  }
  await panel.app.evaluate(({ shell }) => {
    const shown: string[] = [];
    Object.assign(globalThis, { shown });
    shell.showItemInFolder = (path) => void shown.push(path);
  });
  await show.click();
  const shown = () => panel.app!.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);
  await expect.poll(shown).toHaveLength(1);
  const [file = ''] = await shown();
  expect(file.startsWith(join(folder, 'output'))).toBe(true);
  expect(existsSync(file)).toBe(true);
});

test('an export with nothing new says so, and downloads nothing', async ({ panel }) => {
  const translate = new Translate(panel);
  const game = mkdtempSync(join(tmpdir(), 'panel-game-'));
  try {
    await cp(sample, game, { recursive: true });
    const made = await panel.ask('translate.create', { game, target_language: 'Japanese', provider: 'stub' });
    if (!made.ok) throw new Error(made.error.message);
    const { id: project } = made.data.project;
    await panel.ask('translate.import', { project });
    await panel.ask('translate.run', { project, wait: true });
    await panel.ask('translate.export', { project, in_game: true, include_flagged: true });
    await panel.ask('translate.import', { project });
    await translate.open();
    await translate.button('Export…').click();
    const section = translate.work.getByRole('region', { name: 'Export', exact: true });
    await section.getByRole('switch', { name: /^Include lines/ }).click();
    await section.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(section.getByRole('status')).toContainText('No file was written');
    await expect(section.getByRole('alert')).toHaveCount(0);
    await expect(section.getByRole('button', { name: 'Download zip' })).toHaveCount(0);
  } finally {
    rmSync(game, { recursive: true, force: true });
  }
});
