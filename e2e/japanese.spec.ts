import { createHash } from 'node:crypto';
import type { Locator, Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { keysAt, openAiAt } from './support/openai-at.ts';
import { jsonOf, refusal } from './support/upstream-answers.ts';

const japanese = { 'panel.json': { language: 'ja' } };

/** Presses Tab (or Shift+Tab) until the control has the focus, like a user without a mouse. */
async function tabTo(page: Page, control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const isFocused = () => control.evaluate((element) => element.contains(document.activeElement));
  for (let presses = 0; presses < 80; presses++) {
    if (await isFocused()) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${String(control)}`);
}

/** Searches a palette by name and takes the first entry. */
async function pick(page: Page, keys: string, name: string): Promise<void> {
  await page.keyboard.press(keys);
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  await page.keyboard.insertText(name);
  await expect(page.getByRole('option').first()).toContainText(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

test('in Japanese, by keyboard alone: the stub answers one key press', async ({ launch }) => {
  const { page } = await launch({ files: japanese });
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  const message = page.getByRole('textbox', { name: 'メッセージ 1' });
  await expect(message).toBeFocused();
  const line = await message.inputValue();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('article', { name: '応答' }).getByTestId('reply')).toHaveText(line);
});

test('in Japanese, by keyboard alone: the plan shows what is sent', async ({ launch, upstream }) => {
  const { page } = await launch({
    files: japanese,
    env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl },
  });
  await pick(page, 'Control+P', 'lmstudio_local');
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

test('in Japanese, by keyboard alone: a key is added and tested, and a refusal shows the provider’s message', async ({
  launch,
  upstream,
}) => {
  const key = 'sk-e2e-0123456789abcdefWXYZ';
  const { page } = await launch(openAiAt(upstream, { files: japanese }));
  await pick(page, 'Control+K', 'openai_public');
  const card = page.getByRole('group', { name: 'OpenAIのAPIキー', exact: true });
  await card.waitFor();
  // A password field has no role; the card itself has the same name.
  await tabTo(page, card.locator('input'));
  await page.keyboard.insertText(key);
  await page.keyboard.press('Enter');
  await expect(card.getByRole('status')).toHaveText(/^OK · .+ · 1個のモデル · /);
  expect(keysAt(upstream)).toEqual([key]);
  expect(await page.content()).not.toContain(key);

  const text = 'You exceeded your current quota.';
  upstream.answerWith(refusal(429, text, 'rate_limit_exceeded', 'requests'));
  await page.keyboard.press('Control+1');
  await pick(page, 'Control+P', 'openai_public');
  await page.keyboard.press('Control+Shift+L');
  await page.keyboard.press('Control+Enter');
  const card429 = page.getByRole('region', { name: '結果' }).getByRole('alert');
  await expect(card429).toContainText(text);
  await expect(card429).toContainText('対処方法');
});
