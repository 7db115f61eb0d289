import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onlyIn, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { Modules } from './pages/modules.ts';
import type { Panel } from './support/panel.ts';
import { readJsonFile } from './support/runtime-root.ts';
import { jsonOf } from './support/upstream-answers.ts';

/** A preset whose model has a default `top_p`, so that omitting it differs from inheriting it. */
const hermes = 'battle-narration-22-lmstudio-hermes-3-llama-3.1-8b';
const hermesRow = /hermes-3-llama-3.1-8b/;
const presetFile = 'config/llm/presets/battle_narration.json';

test.use({
  plantedEnv: async ({ upstream }, use) => use({ COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl }),
});

interface PresetFile {
  active: string | null;
  presets: { id: string; options: Record<string, unknown> }[];
  edits: Record<string, { options: Record<string, unknown>; schema?: unknown }>;
}

const fileOf = ({ runtimeRoot }: Panel) => readJsonFile(runtimeRoot, presetFile) as PresetFile | null;

async function openHermes({ page }: Panel): Promise<Modules> {
  const modules = new Modules(page);
  await modules.open('Battle narration', hermesRow);
  await expect(modules.preset(hermes)).toBeVisible();
  return modules;
}

async function draftsOf({ ask }: Panel): Promise<string> {
  const settings = await ask('settings.get', {});
  return settings.ok ? JSON.stringify(settings.data.drafts['modules'] ?? null) : '';
}

test('an edited preset shows its diff, is saved to its file, and is sent to the provider', async ({
  panel,
  upstream,
}) => {
  const modules = await openHermes(panel);
  await modules.value('presence_penalty').pressSequentially('-0.5');
  await expect(modules.value('presence_penalty')).toHaveValue('-0.5');
  await modules.value('presence_penalty').fill('');
  await expect(modules.state('presence_penalty', 'Inherit')).toBeChecked();
  await modules.value('temperature').fill('0.35');
  await modules.state('top_p', 'Omit').click();

  await panel.page.keyboard.press('Control+D');
  await expect(modules.tab('Diff'), 'the key takes the focus along').toBeFocused();
  await expect(modules.tab('Diff')).toHaveText(/Diff\s*2/);
  const table = panel.page.getByRole('table', { name: 'Fields that differ' });
  await expect(table.getByRole('row', { name: /temperature/ })).toHaveText(/0\.6.*0\.35/);
  await expect(table.getByRole('row', { name: /top_p/ })).toHaveText(/0\.9.*omitted/);
  await expect(modules.editor('Now')).toContainText('"top_p": null');

  await panel.page.keyboard.press('Control+S');
  await expect(modules.button('Save')).toBeDisabled();
  await expect
    .poll(() => fileOf(panel)?.edits[hermes]?.options)
    .toEqual({
      temperature: 0.35,
      top_p: null,
      max_tokens: 2048,
    });

  await modules.button('Try on Bench').click();
  const bench = new Bench(panel.page);
  await bench.mode('LIVE').click();
  await bench.run();
  const sent = jsonOf(await upstream.chat(0));
  expect(sent).toMatchObject({ model: 'hermes-3-llama-3.1-8b', temperature: 0.35, max_tokens: 2048 });
  expect(sent).not.toHaveProperty('top_p');

  // A reset and its undo: the file follows both times.
  await modules.open('Battle narration', hermesRow);
  await modules.button('Reset to shipped').click();
  await expect.poll(() => fileOf(panel)?.edits).toEqual({});
  await expect(modules.value('top_p')).toHaveValue('0.9');
  await modules.undo(`Reset ${hermes} to its shipped settings`);
  await expect.poll(() => fileOf(panel)?.edits[hermes]?.options['temperature']).toBe(0.35);
  await expect(modules.value('temperature')).toHaveValue('0.35');
});

test(
  'unsaved edits go to the Bench, and nothing is written',
  { tag: '@page' },
  async ({ panel, upstream }) => {
    const modules = await openHermes(panel);
    await modules.state('temperature', 'Omit').click();
    await modules.value('max_tokens').fill('77');
    await modules.button('Try on Bench').click();
    const bench = new Bench(panel.page);
    await bench.mode('LIVE').click();
    await bench.run();
    const sent = jsonOf(await upstream.chat(0));
    expect(sent).toMatchObject({ top_p: 0.9, max_tokens: 77 });
    expect(sent).not.toHaveProperty('temperature');
    expect(fileOf(panel)?.edits ?? {}).toEqual({});
  },
);

test('an unsaved edit survives a change of view and a restart', async ({ panel, launch }) => {
  const modules = await openHermes(panel);
  await modules.value('temperature').fill('0.9');
  await modules.tab('JSON').click();
  await modules.type(modules.editor('The preset as JSON'), '{ "half');
  await modules.row('Battle narration', /mistral:latest/).click();
  await expect(modules.value('temperature')).toHaveValue('0.4');
  await modules.row('Battle narration', hermesRow).click();
  await expect(modules.value('temperature')).toHaveValue('0.9');
  await expect.poll(() => draftsOf(panel)).toContain('half');
  await panel.close();

  const again = await launch({ runtimeRoot: panel.runtimeRoot });
  const restored = await openHermes(again);
  await expect(restored.value('temperature')).toHaveValue('0.9');
  await restored.tab('JSON').click();
  await expect(restored.editor('The preset as JSON')).toContainText('{ "half');
  await expect(restored.button('Save'), 'invalid text is not saved').toBeDisabled();
  await restored.button('Discard').click();
  await expect(restored.editor('The preset as JSON')).toContainText('"temperature": 0.6');
  await restored.undo('Discarded the unsaved changes');
  await expect(restored.editor('The preset as JSON')).toContainText('{ "half');
  await restored.tab('Parameters').click();
  await expect(restored.value('temperature'), 'the form shows what came back').toHaveValue('0.9');
  expect(fileOf(again)?.edits ?? {}).toEqual({});
});

test(
  'a model’s rule appears under its parameter, and its button applies it',
  { tag: '@page' },
  async ({ panel }) => {
    const modules = new Modules(panel.page);
    await modules.open('Battle narration', /14 claude-haiku-5-5/);
    await modules.value('top_p').fill('0.9');
    const rule = modules.parameter('top_p').getByRole('note');
    await expect(rule).toContainText('answer 400 to temperature, top_p and top_k');
    await rule.getByRole('button', { name: 'Omit top_p' }).click();
    await expect(rule).toHaveCount(0);
    await expect(modules.state('top_p', 'Omit')).toBeChecked();

    await modules.value('frequency_penalty').fill('0.5');
    await expect(modules.parameter('frequency_penalty').getByRole('note')).toContainText('not sent');
    await panel.page.keyboard.press('Control+S');
    await expect
      .poll(() => fileOf(panel)?.edits['battle-narration-14-anthropic-claude-haiku-5-5']?.options)
      .toEqual({ reasoning: 'off', top_p: null, frequency_penalty: 0.5 });
  },
);

test('valid JSON is applied, and errors link to their position', { tag: '@page' }, async ({ panel }) => {
  const modules = await openHermes(panel);
  await modules.tab('JSON').click();
  const editor = modules.editor('The preset as JSON');
  const preset = { provider: 'lmstudio_local', model: 'hermes-3-llama-3.1-8b', notes: '' };
  await modules.type(editor, JSON.stringify({ ...preset, options: { seed: 'x' } }, null, 2));
  const problem = panel.page.getByRole('list', { name: 'Problems' }).getByRole('button');
  await expect(problem).toContainText('options.seed');
  await expect(problem).toContainText(/Line 6/);
  await expect(modules.button('Save')).toBeDisabled();
  await modules.type(editor, JSON.stringify({ ...preset, options: { seed: 3 } }, null, 2));
  await expect(problem).toHaveCount(0);
  await panel.page.keyboard.press('Control+S');
  await expect.poll(() => fileOf(panel)?.edits[hermes]?.options).toEqual({ seed: 3 });
});

test(
  'a preset’s own schema is compiled, shown with an example, and part of the request',
  { tag: '@page' },
  async ({ panel }) => {
    const modules = await openHermes(panel);
    await modules.tab('Schema').click();
    await panel.page.getByRole('radio', { name: 'The preset’s own' }).click();
    const editor = modules.editor('JSON Schema');
    await modules.type(editor, '{ "type": "object", "properties": { "a": { "$ref": "#/gone" } } }');
    await expect(panel.page.getByRole('list', { name: 'Problems' })).toContainText('#/gone');
    await expect(modules.button('Save')).toBeDisabled();
    await modules.type(
      editor,
      '{ "type": "object", "required": ["mood"], "properties": { "mood": { "type": "string" } } }',
    );
    await expect(panel.page.getByRole('region', { name: 'A reply that fits' })).toContainText('"mood"');
    await panel.page.keyboard.press('Control+S');
    await expect.poll(() => fileOf(panel)?.edits[hermes]?.schema).toMatchObject({ required: ['mood'] });
  },
);

test(
  'the user’s presets: duplicated, renamed with F2, made active, deleted and restored',
  { tag: '@page' },
  async ({ panel }) => {
    const modules = await openHermes(panel);
    await modules.button('Duplicate').click();
    await expect(modules.preset(`${hermes}-copy`)).toBeVisible();
    await panel.page.keyboard.press('F2');
    await panel.page.getByRole('textbox', { name: 'New id' }).fill('menus');
    await panel.page.keyboard.press('Enter');
    await expect(modules.preset('menus')).toBeVisible();
    await modules.button('Make active').click();
    await expect.poll(() => fileOf(panel)?.active).toBe('menus');
    await expect(modules.row('Battle narration', /active/)).toHaveAttribute('aria-current', 'true');

    await panel.page.keyboard.press('Alt+ArrowDown');
    await expect(modules.preset('menus')).toHaveCount(0);
    await panel.page.keyboard.press('Alt+ArrowUp');
    await modules.button('Delete').click();
    await expect.poll(() => fileOf(panel)).toMatchObject({ active: null, presets: [] });
    await modules.undo('Deleted menus');
    await expect.poll(() => fileOf(panel)).toMatchObject({ active: 'menus', presets: [{ id: 'menus' }] });
    await expect(modules.preset('menus')).toBeVisible();
  },
);

const documentText = JSON.stringify({
  kind: 'comfyvn-llm-panel/presets',
  version: 1,
  modules: {
    battle_narration: {
      presets: [{ id: 'from-a-friend', provider: 'stub', model: 'stub-echo', options: {}, notes: '' }],
      edits: {},
    },
  },
});

test('an import is previewed, and can be undone', async ({ panel }) => {
  const modules = await openHermes(panel);
  const importFile = async (name: string, text: string) => {
    const [chooser] = await Promise.all([
      panel.page.waitForEvent('filechooser'),
      panel.page.getByRole('button', { name: 'Import a file' }).click(),
    ]);
    await chooser.setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  };
  await importFile('broken.json', '{ "kind": ');
  await expect(panel.page.getByRole('table', { name: 'Import broken.json' })).toContainText('is not JSON');
  await expect(modules.button('Import 0')).toBeDisabled();
  await modules.button('Cancel').click();

  await importFile('friend.json', documentText);
  const review = panel.page.getByRole('table', { name: 'Import friend.json' });
  await expect(review.getByRole('row', { name: /from-a-friend/ })).toContainText('added');
  expect(fileOf(panel)?.presets ?? []).toEqual([]);
  await modules.button('Import 1').click();
  await expect.poll(() => fileOf(panel)?.presets.map(({ id }) => id)).toEqual(['from-a-friend']);
  await modules.undo('Imported 1 item');
  await expect.poll(() => fileOf(panel)?.presets ?? []).toEqual([]);
});

test.describe('with an unreadable file', () => {
  test.use({ plantedFiles: { [presetFile]: '{ "version": 1, "act' } });

  test('the view reports it, the built-in presets work, and the file is unchanged', async ({ panel }) => {
    const modules = await openHermes(panel);
    await expect(modules.work.getByRole('list', { name: 'Notices' })).toContainText('battle_narration.json');
    await expect(modules.value('temperature')).toHaveValue('0.6');
    expect(readFileSync(join(panel.runtimeRoot, presetFile), 'utf8')).toBe('{ "version": 1, "act');
  });
});

test(
  'another provider selects one of its own models, and a preset without a model is not saved',
  { tag: '@page' },
  async ({ panel }) => {
    const modules = await openHermes(panel);
    await modules.pick('Provider', /^Ollama/);
    await expect(modules.model).not.toHaveValue('hermes-3-llama-3.1-8b');
    await expect(modules.model).not.toHaveValue('');
    await modules.model.fill('');
    await panel.page.keyboard.press('Escape');
    await expect(modules.button('Save')).toBeDisabled();
    await modules.model.fill('my-own:7b');
    await panel.page.keyboard.press('Escape');
    await panel.page.keyboard.press('Control+S');
    await expect
      .poll(() => fileOf(panel)?.edits[hermes])
      .toMatchObject({ provider: 'ollama_default', model: 'my-own:7b' });
  },
);

test.describe('as a download', () => {
  onlyIn('web', 'the desktop asks the system where a file goes');

  test('an exported preset can be imported again, with its omission', async ({ panel }) => {
    const modules = await openHermes(panel);
    await modules.state('top_p', 'Omit').click();
    await panel.page.keyboard.press('Control+S');
    await expect(modules.button('Save')).toBeDisabled();
    const download = await modules.download(async () => {
      await modules.button('Export').click();
      await panel.page.getByRole('menuitem', { name: 'This preset' }).click();
    });
    const text = readFileSync(await download.path(), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      kind: 'comfyvn-llm-panel/presets',
      modules: { battle_narration: { edits: { [hermes]: { options: { top_p: null } } } } },
    });
  });
});

test(
  'a rule is shown with its source, can be ignored with one press, and the preset then sends the parameter',
  { tag: '@page' },
  async ({ panel }) => {
    const modules = new Modules(panel.page);
    await modules.open('Battle narration', /14 claude-haiku-5-5/);
    await modules.value('temperature').fill('0.9');
    const rule = modules.parameter('temperature').getByRole('note');
    await expect(rule).toContainText('claude-sampling');
    await expect(rule).toContainText('@ai-sdk/anthropic');
    await rule.getByRole('button', { name: 'Ignore this rule: claude-sampling' }).click();
    await expect(rule).toHaveCount(0);
    await expect(panel.page.getByRole('list', { name: 'Ignored rules' })).toContainText('claude-sampling');
    await panel.page.keyboard.press('Control+S');
    await expect
      .poll(() => fileOf(panel)?.edits['battle-narration-14-anthropic-claude-haiku-5-5'])
      .toMatchObject({ ignore_rules: ['claude-sampling'] });
    await expect(modules.work.getByRole('button', { name: /^Save/ })).toBeDisabled();
    await panel.page.getByRole('button', { name: 'Apply again: claude-sampling' }).click();
    await expect(rule).toContainText('claude-sampling');
  },
);

test(
  'available presets come first with their prices, retired ones are collapsed',
  { tag: '@page' },
  async ({ panel }) => {
    const modules = new Modules(panel.page);
    await modules.goTo('Modules');
    const translate = modules.module('Translate');
    await expect(translate.getByRole('group').first()).toHaveAttribute('aria-label', 'Successors');
    await expect(translate.getByRole('button', { name: /11 gpt-6-luna/ })).toContainText('$0.10 / $0.50');
    const fold = translate.getByRole('button', { name: /retired since 2024/ });
    await expect(fold).toHaveAttribute('aria-expanded', 'false');
    await expect(translate.getByRole('button', { name: /gemini-1.5-flash/ })).toHaveCount(0);
    await fold.click();
    await expect(translate.getByRole('button', { name: /gemini-1.5-flash/ }).first()).toBeVisible();
  },
);
