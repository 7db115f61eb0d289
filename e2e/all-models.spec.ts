import { expect, test } from './fixtures.ts';
import { Providers } from './pages/providers.ts';

const many = {
  name: 'big_hub',
  adapter: 'openai_compat',
  base: 'http://127.0.0.1:9/v1',
  label: 'Big hub',
  models: Array.from({ length: 3000 }, (_, n) => ({ id: `vendor/model-${n}`, tags: ['chat'] })),
};

test.use({ plantedFiles: { 'config/llm/providers/big_hub.json': many } });

test('one table lists the models of every provider, renders only the visible rows, and filters by any word', async ({
  panel,
}) => {
  const providers = new Providers(panel.page);
  await providers.open();
  await panel.page.getByRole('button', { name: /^All models/ }).click();
  const table = providers.table('All models');
  await expect(table.getByRole('row', { name: /claude-opus-4-6/ })).toBeVisible();
  expect(await table.getByRole('row').count()).toBeLessThan(100);

  await panel.page.keyboard.press('Control+F');
  await panel.page.keyboard.type('hub model-2999');
  await expect(table.getByRole('row')).toHaveCount(2);
  await expect(table.getByRole('row', { name: /vendor\/model-2999/ })).toBeVisible();

  await panel.page.keyboard.press('Control+F');
  await panel.page.keyboard.type('openai gpt-4o translate');
  await table
    .getByRole('row', { name: /gpt-4o-mini/ })
    .first()
    .click();
  const facts = panel.page.getByRole('region', { name: 'GPT-4o mini' });
  await expect(facts).toContainText(/as of \d{4}-\d{2}-\d{2}/);
  await expect(facts.getByRole('button', { name: /^translate · / }).first()).toBeVisible();
});

test('sorting by context puts the largest first', async ({ panel }) => {
  const providers = new Providers(panel.page);
  await providers.open();
  await panel.page.getByRole('button', { name: /^All models/ }).click();
  const table = providers.table('All models');
  await table.getByRole('button', { name: 'Context' }).click();
  await expect(table.getByRole('columnheader', { name: 'Context' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await expect(table.getByRole('row').nth(1)).toContainText(/\dM/);
});
