import { expect, test } from './fixtures.ts';
import { Providers } from './pages/providers.ts';
import { callApi, runtimeIds } from './support/api.ts';
import { readJsonFile } from './support/runtime-root.ts';
import { jsonOf } from './support/upstream-answers.ts';

const key = 'sk-planted-e2e-0123456789';
const file = 'config/llm/providers/my-box.json';

test('a pasted cURL command fills the form; once registered it calls with the pasted key, and once saved it is a file without the key', async ({
  panel,
  upstream,
}) => {
  const providers = new Providers(panel.page);
  await providers.open();
  await providers.openForm();
  await providers.pasteBox.fill(
    `curl ${upstream.baseUrl}/chat/completions -H "Authorization: Bearer ${key}" -H "X-Title: My game" ` +
      `-d '{"model": "big-70b", "messages": []}'`,
  );
  await providers.form.getByRole('button', { name: 'Fill in' }).click();
  const field = (name: string) => providers.form.getByRole('textbox', { name, exact: true });
  await expect(field('Base URL')).toHaveValue(upstream.baseUrl);
  await expect(field('Models')).toHaveValue('big-70b');
  await expect(field('Further metadata')).toHaveValue(/My game/);
  await expect(providers.keyInput).toHaveAttribute('type', 'password');
  await expect(providers.pasteBox).toHaveValue('');
  const line = providers.form.getByRole('group', { name: 'The same as an API call' });
  await expect(line).toContainText('$API_KEY');
  await expect(line).toContainText(`${panel.apiUrl}/api/llm/runtime/register`);
  expect(await panel.page.content()).not.toContain(key);

  await field('Id').fill('my-box');
  await field('Label').fill('My box');
  await providers.form.getByRole('button', { name: 'Add and test' }).click();
  await expect(providers.detail('My box')).toContainText('1 model found');
  const [probe] = upstream.received;
  expect([probe?.method, probe?.path]).toEqual(['GET', '/v1/models']);
  expect(probe?.headers).toMatchObject({ authorization: `Bearer ${key}`, 'x-title': 'My game' });
  expect(await panel.page.content()).not.toContain(key);

  const messages = [{ role: 'user', content: 'Ping' }];
  const { status } = await callApi(panel.apiUrl, 'POST', '/api/llm/chat', { provider: 'my-box', messages });
  expect(status).toBe(200);
  const chat = await upstream.chat(0);
  expect(jsonOf(chat)).toMatchObject({ model: 'big-70b', messages });
  expect(chat.headers).toMatchObject({ authorization: `Bearer ${key}` });

  await providers.detail('My box').getByRole('button', { name: 'Keep' }).click();
  await expect(providers.row('Ready', 'My box')).toBeVisible();
  expect(await runtimeIds(panel.apiUrl)).toEqual([]);
  const stored = readJsonFile(panel.runtimeRoot, file);
  expect(stored).toMatchObject({ name: 'my-box', base: upstream.baseUrl, headers: { 'X-Title': 'My game' } });
  expect(JSON.stringify(stored)).not.toContain('planted');

  await panel.page.getByRole('button', { name: 'Undo' }).click();
  await expect(providers.row('Temporary', 'My box')).toBeVisible();
  expect(readJsonFile(panel.runtimeRoot, file)).toBeNull();
});

test('an error is shown at its field, and nothing is registered', async ({ panel }) => {
  const providers = new Providers(panel.page);
  await providers.open();
  await providers.openForm();
  await providers.form.getByRole('textbox', { name: 'Id', exact: true }).fill('-bad');
  await providers.form.getByRole('textbox', { name: 'Further metadata' }).fill('{"timeout": -1}');
  await providers.form.getByRole('button', { name: 'Add for this session', exact: true }).click();
  for (const name of ['Id', 'Further metadata'])
    await expect(providers.form.getByRole('textbox', { name, exact: true })).toHaveAttribute(
      'aria-invalid',
      'true',
    );
  expect(await runtimeIds(panel.apiUrl)).toEqual([]);
});

test('a partly filled form survives a look at another view', async ({ panel }) => {
  const providers = new Providers(panel.page);
  await providers.open();
  await providers.openForm();
  const id = providers.form.getByRole('textbox', { name: 'Id', exact: true });
  await id.fill('half-done');
  await providers.goTo('Bench');
  await providers.goTo('Providers');
  await expect(id).toHaveValue('half-done');
});
