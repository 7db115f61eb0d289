import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { Modules } from './pages/modules.ts';

const presets = 'config/llm/presets';
const whole = {
  version: 1,
  active: null,
  presets: [{ id: 'my-translate', provider: 'lmstudio_local', model: 'my-model', options: {}, notes: '' }],
  edits: {},
};

test.use({ plantedFiles: { [`${presets}/translate.json`]: '{ "presets": ' } });

test('a broken preset file hides only its own presets, and its notice disappears when the file is repaired', async ({
  panel,
}) => {
  const modules = new Modules(panel.page);
  await modules.goTo('Modules');
  const made = await panel.ask('presets.create', {
    module: 'persona',
    preset: { provider: 'lmstudio_local', model: 'my-model' },
  });
  expect(made.ok).toBe(true);
  await modules.module('Persona').getByRole('button').first().click();
  await expect(modules.module('Persona')).toContainText('my-model');
  const notices = modules.work.getByRole('list', { name: 'Notices' });
  // The first module is on screen from the start.
  await expect(notices).toContainText('translate.json');
  writeFileSync(join(panel.runtimeRoot, presets, 'translate.json'), JSON.stringify(whole));
  await expect(modules.work).not.toContainText('translate.json');
  await expect(modules.module('Translate')).toContainText('my-model');
});

test('a new preset goes into the module that was opened last', async ({ panel }) => {
  const modules = new Modules(panel.page);
  await modules.goTo('Modules');
  const counts = async () => {
    const answer = await panel.ask('registry.get', {});
    if (!answer.ok) throw new Error(answer.error.message);
    const { modules: all } = answer.data.defaults;
    return [all['translate'], all['narrator']].map((module) => module?.shortlist.length ?? 0);
  };
  const [translate, narrator] = (await counts()) as [number, number];
  await modules.module('Narrator').getByRole('button').first().click();
  await panel.page.getByRole('button', { name: 'New preset' }).click();
  await expect.poll(counts).toEqual([translate, narrator + 1]);
});
