import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';

test('the palette opens a view by name, and restores the focus when it is closed', async ({ panel }) => {
  const { page } = panel;
  const bench = new Bench(page);
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox', { name: 'All commands' }).fill('history');
  await page.keyboard.press('Enter');
  await expect(bench.view('History')).toBeVisible();
  await page.keyboard.press('Control+1');
  await bench.message().focus();
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(bench.message()).toBeFocused();
});

test('quick switch sets the target of the next message', async ({ panel }) => {
  const { page } = panel;
  const bench = new Bench(page);
  const registry = await panel.ask('registry.get', {});
  if (!registry.ok) throw new Error(registry.error.message);
  const anthropic = registry.data.providers.find(({ name }) => name === 'anthropic_public');
  const model = anthropic?.models.find(({ lifecycle }) => lifecycle.status === 'active')?.id ?? 'none';
  await page.keyboard.press('Control+P');
  await page.getByRole('combobox', { name: 'Switch model or preset' }).fill(`anthropic ${model}`);
  await page.getByRole('option', { name: model }).first().click();
  await bench.run();
  await expect(bench.inspector.root).toContainText(`anthropic_public / ${model}`);
});
