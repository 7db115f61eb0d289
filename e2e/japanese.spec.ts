import { createHash } from 'node:crypto';
import { expect, test } from './fixtures.ts';
import { keysAt, openAiAt } from './support/openai-at.ts';
import { tabTo } from './support/tab-to.ts';
import { jsonOf, refusal } from './support/upstream-answers.ts';

const japanese = { 'panel.json': { language: 'ja' } };
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

test('in Japanese, by keyboard alone: the stub answers one key press within 10 s of the launch', async ({
  launch,
}) => {
  const started = Date.now();
  const { page } = await launch({ files: japanese });
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  const message = page.getByRole('textbox', { name: 'メッセージ 1' });
  await expect(message).toBeFocused();
  const line = await message.inputValue();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('article', { name: '応答' }).getByTestId('reply')).toHaveText(line);
  expect(Date.now() - started).toBeLessThan(10_000);
});

test('in Japanese, by keyboard alone: what the plan shows is what is sent', async ({ launch, upstream }) => {
  const { page } = await launch({
    files: japanese,
    env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl },
  });
  await page.keyboard.press('Control+P');
  await page.keyboard.insertText('LM Studio');
  await expect(page.getByRole('option', { name: /LM Studio|llama/i }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  const message = page.getByRole('textbox', { name: 'メッセージ 1' });
  await tabTo(page, message);
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('「もう少しだけ」と彼女は言った。');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('article', { name: 'プラン' })).toBeVisible();
  const inspector = page.getByRole('complementary', { name: 'インスペクター' });
  const planned = inspector
    .getByRole('term')
    .filter({ hasText: /^SHA-256$/ })
    .locator('xpath=following-sibling::dd[1]');
  const hash = await planned.innerText();
  expect(upstream.received).toEqual([]);

  await page.keyboard.press('Control+Shift+L');
  await expect(page.getByRole('radio', { name: 'ライブ' })).toBeChecked();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('reply')).toHaveText('Pong from upstream');
  const sent = await upstream.chat(0);
  expect(sha256(sent.body)).toBe(hash);
  expect(jsonOf(sent)).toMatchObject({
    messages: [{ role: 'user', content: '「もう少しだけ」と彼女は言った。' }],
  });
});

test('in Japanese, by keyboard alone: a key is added and tried, and a refusal keeps the provider’s words', async ({
  launch,
  upstream,
}) => {
  const key = 'sk-e2e-0123456789abcdefWXYZ';
  const { page } = await launch(openAiAt(upstream, { files: japanese }));
  await page.keyboard.press('Control+K');
  await page.keyboard.insertText('OpenAI');
  await expect(page.getByRole('option', { name: /^OpenAI/ }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  const card = page.getByRole('group', { name: 'OpenAIのAPIキー' });
  await card.waitFor();
  await tabTo(page, card.getByLabel('OpenAIのAPIキー'));
  await page.keyboard.insertText(key);
  await page.keyboard.press('Enter');
  await expect(card.getByRole('status')).toHaveText(/^OK · .+ · 1個のモデル · /);
  expect(keysAt(upstream)).toEqual([key]);
  expect(await page.content()).not.toContain(key);

  const said = 'You exceeded your current quota.';
  upstream.answerWith(refusal(429, said, 'rate_limit_exceeded', 'requests'));
  await page.keyboard.press('Control+1');
  await page.keyboard.press('Control+P');
  await page.keyboard.insertText('gpt-4o');
  await expect(page.getByRole('option', { name: /gpt-4o/ }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Shift+L');
  await page.keyboard.press('Control+Enter');
  const card429 = page.getByRole('region', { name: '結果' }).getByRole('alert');
  await expect(card429).toContainText(said);
  await expect(card429).toContainText('対処方法');
});
