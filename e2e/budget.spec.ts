import { expect, test } from './fixtures.ts';
import { Settings } from './pages/settings.ts';
import { callApi } from './support/api.ts';
import { readJsonFile } from './support/runtime-root.ts';
import { answerByBody } from './support/upstream-answers.ts';

test.use({
  plantedEnv: async ({ upstream }, use) =>
    use({ COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: upstream.baseUrl, OPENAI_API_KEY: 'sk-e2e-0123456789abcdef' }),
  plantedFiles: { 'config/comfyvn.json': { features: { enable_llm_openai: true } } },
});

const messages = [{ role: 'user', content: 'Hello' }];
const priced = {
  provider: 'openai_public',
  model: 'gpt-4o',
  messages,
  params: { max_tokens: 50 },
  retries: 0,
};

test('a budget set in Settings refuses a priced call before it is sent, until the budget is removed', async ({
  panel,
  upstream,
}) => {
  upstream.answerWith(answerByBody('Hello.'));
  const settings = new Settings(panel.page);
  await settings.open();
  await settings.setBudget('0.0001', '0.0001');
  await expect
    .poll(() => readJsonFile(panel.runtimeRoot, 'panel.json'))
    .toMatchObject({ daily_budget_usd: 0.0001, call_budget_usd: 0.0001 });
  const refused = await callApi(panel.apiUrl, 'POST', '/api/llm/chat', priced);
  expect([refused.status, refused.body['code']]).toEqual([402, 'budget_exceeded']);
  expect(upstream.chats).toHaveLength(0);

  await settings.budget.getByRole('textbox', { name: /^Daily limit/ }).fill('');
  await expect(settings.budget.getByText(/Without a daily limit/)).toBeVisible();
  await settings.setBudget('', '');
  await expect
    .poll(() => readJsonFile(panel.runtimeRoot, 'panel.json'))
    .toMatchObject({ daily_budget_usd: null, call_budget_usd: null });
  const answered = await callApi(panel.apiUrl, 'POST', '/api/llm/chat', priced);
  expect(answered.body).toMatchObject({ ok: true, reply: 'Hello.' });
  expect(upstream.chats).toHaveLength(1);
  await expect(settings.statusBar.getByRole('button', { name: /^today \$0\.0/ })).toBeVisible();
});

test('an invalid amount is not saved as no limit', async ({ panel }) => {
  const settings = new Settings(panel.page);
  await settings.open();
  await settings.budget.getByRole('textbox', { name: /^Daily limit/ }).fill('two');
  await expect(settings.budget.getByRole('button', { name: 'Save budget' })).toBeDisabled();
  await settings.budget.getByRole('textbox', { name: /^Daily limit/ }).press('Enter');
  expect((await panel.ask('settings.get', {})) as object).toMatchObject({ data: { daily_budget_usd: 2 } });
});
