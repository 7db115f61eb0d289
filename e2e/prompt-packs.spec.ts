import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { PromptPacks } from './pages/prompt-packs.ts';
import type { Panel } from './support/panel.ts';
import { answerByBody } from './support/upstream-answers.ts';

test.use({
  plantedEnv: async ({ upstream }, use) => use({ COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl }),
});

const folder = 'config/llm/packs/translate';
const fileOf = ({ runtimeRoot }: Panel, name: string) => {
  const path = join(runtimeRoot, folder, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
};
const savedTemplate = (panel: Panel) => () => fileOf(panel, 'template.md');

async function duplicateTranslate(panel: Panel): Promise<PromptPacks> {
  const packs = new PromptPacks(panel.page);
  await packs.open();
  await packs.line('Built-in', /^Translate$/).click();
  await packs.button('Duplicate to edit').click();
  await expect(packs.line('Mine', /Translate/)).toHaveAttribute('aria-current', 'true');
  return packs;
}

test('a copy is edited beside its preview and saved, and the provider receives the rendered result', async ({
  panel,
  upstream,
}) => {
  const packs = await duplicateTranslate(panel);
  await packs.rewrite('Last message', 'TO {{ target_language }}: {{ source_text }}');
  await expect(packs.preview).toContainText('TO English:');
  await expect(packs.line('Mine', /unsaved/)).toBeVisible();
  await expect(packs.button('Run on Bench')).toBeDisabled();
  await panel.page.keyboard.press('Control+S');
  await expect.poll(savedTemplate(panel)).toBe('TO {{ target_language }}: {{ source_text }}');
  await expect(packs.line('Mine', /unsaved/)).toHaveCount(0);

  await packs.button('Edit values').click();
  await panel.page.getByRole('textbox', { name: 'Value of target_language' }).fill('Korean');
  await expect(packs.preview).toContainText('TO Korean:');
  await packs.button('Run on Bench').click();
  const bench = new Bench(panel.page);
  await bench.pickTarget(/LM Studio/);
  await bench.mode('LIVE').click();
  upstream.answerWith(answerByBody('{"detected_language":"ja","translation":"x"}'));
  await bench.run();
  const sent = JSON.parse((await upstream.chat(0)).body.toString('utf8')) as {
    messages: { content: string }[];
  };
  expect(sent.messages.at(-1)?.content).toMatch(/^TO Korean: /);
});

test('an error is shown with its position and is not saved, and the API uses the saved version', async ({
  panel,
}) => {
  const packs = await duplicateTranslate(panel);
  const before = fileOf(panel, 'template.md');
  await packs.rewrite('Last message', 'one\n{{ lien }}');
  await expect(packs.problems).toContainText('template.md 2:4');
  await expect(packs.problems).toContainText('"lien" is no variable of this pack');
  await packs.tab('Variables').click();
  await expect(panel.page.getByRole('listitem', { name: 'speaker' })).toContainText('unused');
  await panel.page.keyboard.press('Control+S');
  await expect(panel.page.getByText('Fix the problems listed beside the preview first')).toBeVisible();
  expect(fileOf(panel, 'template.md')).toBe(before);

  await packs.button('Declare').click();
  await expect(packs.problems).toHaveCount(0);
  await packs.button('Save').click();
  await expect.poll(() => fileOf(panel, 'pack.json')).toContain('"name": "lien"');
});

test('undo restores every file of a deleted pack, and one click an earlier version', async ({ panel }) => {
  const packs = await duplicateTranslate(panel);
  const first = fileOf(panel, 'template.md');
  await packs.rewrite('Last message', 'Second: {{ source_text }}');
  await expect(packs.preview).toContainText('Second:');
  await packs.button('Save').click();
  await expect.poll(savedTemplate(panel)).toBe('Second: {{ source_text }}');

  await packs.button('Delete').click();
  await expect.poll(savedTemplate(panel)).toBeNull();
  expect(readdirSync(join(panel.runtimeRoot, 'config/llm/trash'))).toHaveLength(1);
  await packs.undo('Deleted Translate');
  await expect.poll(savedTemplate(panel)).toBe('Second: {{ source_text }}');
  expect(fileOf(panel, 'samples/dialogue.json')).toContain('variables');

  await packs.tab('Versions').click();
  await panel.page.getByRole('tabpanel', { name: 'Versions' }).getByRole('button').first().click();
  await packs.button('Restore').click();
  await expect.poll(savedTemplate(panel)).toBe(first);
});

test('an unsaved edit survives a restart, and is in no file', async ({ launch }) => {
  const first = await launch();
  const packs = await duplicateTranslate(first);
  const before = fileOf(first, 'template.md');
  await packs.rewrite('Last message', 'Half a thought about {{ source_text }}');
  const drafts = async () => {
    const answer = await first.ask('settings.get', {});
    return answer.ok ? JSON.stringify(answer.data.drafts) : '';
  };
  await expect.poll(drafts).toContain('Half a thought');
  await first.close();

  const second = await launch({ runtimeRoot: first.runtimeRoot });
  const again = new PromptPacks(second.page);
  await again.open();
  await expect(again.editor('Last message')).toContainText('Half a thought about');
  await expect(again.line('Mine', /unsaved/)).toBeVisible();
  expect(fileOf(second, 'template.md')).toBe(before);
});

test('an exported pack is previewed before import, and is the same bytes afterwards', async ({
  panel,
  launch,
}) => {
  await duplicateTranslate(panel);
  const exported = await panel.ask('packs.export', { module: 'translate' });
  if (!exported.ok) throw new Error(exported.error.message);
  const { text, file_name: name } = exported.data;

  const other = await launch();
  const packs = new PromptPacks(other.page);
  await packs.open();
  const chooser = other.page.waitForEvent('filechooser');
  await other.page.getByRole('button', { name: 'Import a file' }).click();
  const file = { name, mimeType: 'application/json', buffer: Buffer.from(text) };
  await (await chooser).setFiles(file);
  await expect(other.page.getByRole('table', { name: `Import ${name}` })).toContainText('Translate');
  expect(fileOf(other, 'pack.json')).toBeNull();
  await packs.button('Import 1').click();
  await expect.poll(() => fileOf(other, 'pack.json')).toBe(fileOf(panel, 'pack.json'));
  await expect(packs.line('Mine', /Translate/)).toBeVisible();
});

test('a pack with a new name can be called by scripts, whether empty or a copy', async ({ panel }) => {
  const packs = new PromptPacks(panel.page);
  await packs.open();
  await packs.line('Built-in', /VN chat/).click();
  await packs.button('Duplicate for another module').click();
  await panel.page.getByRole('textbox', { name: 'Module' }).fill('tavern_talk');
  await panel.page.keyboard.press('Enter');
  await expect(packs.line('Mine', /VN chat/)).toHaveAttribute('aria-current', 'true');
  const copy = await panel.ask('packs.get', { module: 'tavern_talk' });
  expect(copy).toMatchObject({ ok: true, data: { source: 'user', module: 'tavern_talk' } });

  await panel.page.keyboard.press('Control+N');
  await panel.page.getByRole('textbox', { name: 'Module' }).fill('rumours');
  await panel.page.getByRole('textbox', { name: 'Title' }).fill('Rumours');
  await panel.page.keyboard.press('Enter');
  await expect(packs.line('Mine', /Rumours/)).toHaveAttribute('aria-current', 'true');
  const answer = await panel.ask('packs.run', { module: 'rumours', variables: { message: 'Heard of it?' } });
  expect(answer).toMatchObject({ ok: true, data: { messages: [{}, { content: 'Heard of it?' }] } });
});
