import { mkdtempSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { Translate } from './pages/translate.ts';
import { projectRoot } from './support/project-scripts.ts';

const sample = join(projectRoot, 'samples', 'the-last-train');

test.use({ plantedEnv: { COMFYVN_LLM_PROJECT_ROOTS: tmpdir() } });

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
