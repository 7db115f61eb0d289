import { expect, test } from './fixtures.ts';
import { Providers } from './pages/providers.ts';
import { callApi } from './support/api.ts';
import type { Panel } from './support/panel.ts';
import { readJsonFile } from './support/runtime-root.ts';

const file = 'config/llm/providers/lmstudio_local.json';
const messages = [{ role: 'user', content: 'Ping' }];

async function open(panel: Panel): Promise<Providers> {
  const providers = new Providers(panel.page);
  await providers.open();
  await providers.row('Not checked', 'LM Studio').click();
  return providers;
}

test('a saved edit is a file that calls use; it can be undone, redone and reset to the built-in form', async ({
  panel,
  upstream,
}) => {
  const { page } = panel;
  const detail = (await open(panel)).detail('LM Studio');
  const base = detail.getByRole('textbox', { name: 'Base URL' });
  const shipped = await base.inputValue();
  await expect(detail.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  await base.fill(upstream.baseUrl);
  await detail.getByRole('button', { name: 'Add header' }).click();
  await detail.getByRole('textbox', { name: 'Name of header 1' }).fill('x-title');
  await detail.getByRole('textbox', { name: 'Value of header 1' }).fill('My game');
  await page.keyboard.press('Control+S');
  await expect(page.getByText('LM Studio is saved')).toBeVisible();
  expect(readJsonFile(panel.runtimeRoot, file)).toMatchObject({
    name: 'lmstudio_local',
    base: upstream.baseUrl,
    headers: { 'x-title': 'My game' },
  });
  const { status } = await callApi(panel.apiUrl, 'POST', '/api/llm/chat', {
    provider: 'lmstudio_local',
    messages,
  });
  expect(status).toBe(200);
  expect((await upstream.chat(0)).headers).toMatchObject({ 'x-title': 'My game' });

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(base).toHaveValue(shipped);
  expect(readJsonFile(panel.runtimeRoot, file)).toBeNull();

  await base.fill(upstream.baseUrl);
  await detail.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(detail.getByRole('button', { name: 'Reset to shipped' })).toBeEnabled();
  await detail.getByRole('button', { name: 'Reset to shipped' }).click();
  await expect(base).toHaveValue(shipped);
  expect(readJsonFile(panel.runtimeRoot, file)).toBeNull();
});

test('a pasted endpoint is saved as its base URL, which the form shows', async ({ panel, upstream }) => {
  const detail = (await open(panel)).detail('LM Studio');
  const base = detail.getByRole('textbox', { name: 'Base URL' });
  await base.fill(` "${upstream.baseUrl}/chat/completions" `);
  await detail.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(panel.page.getByText(`is used as ${upstream.baseUrl}`)).toBeVisible();
  await expect(base).toHaveValue(upstream.baseUrl);
  expect(readJsonFile(panel.runtimeRoot, file)).toMatchObject({ base: upstream.baseUrl });
});

test('an unsaved edit survives a change of tab and view, and Discard removes it', async ({ panel }) => {
  const providers = await open(panel);
  const detail = providers.detail('LM Studio');
  const label = detail.getByRole('textbox', { name: 'Label' });
  await label.fill('Half done');
  await providers.openTab('LM Studio', 'Models');
  await providers.goTo('Bench');
  await providers.goTo('Providers');
  await providers.openTab('LM Studio', 'Connection');
  await expect(label).toHaveValue('Half done');
  await detail.getByRole('button', { name: 'Discard' }).click();
  await expect(label).toHaveValue('LM Studio');
  expect(readJsonFile(panel.runtimeRoot, file)).toBeNull();
});

test('a key in a header is refused at the headers and is written to no file', async ({ panel }) => {
  panel.watch.expect(/status of 400/);
  const detail = (await open(panel)).detail('LM Studio');
  await detail.getByRole('button', { name: 'Add header' }).click();
  await detail.getByRole('textbox', { name: 'Name of header 1' }).fill('authorization');
  await detail.getByRole('textbox', { name: 'Value of header 1' }).fill('Bearer sk-planted-0123456789');
  await detail.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(detail.getByRole('group', { name: 'Headers' }).getByRole('alert')).toContainText(/key/);
  expect(readJsonFile(panel.runtimeRoot, file)).toBeNull();
});

test('a test call is only planned in DRY RUN, and sent in LIVE like any call', async ({
  launch,
  upstream,
}) => {
  const panel = await launch({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl } });
  const detail = (await open(panel)).detail('LM Studio');
  await detail.getByRole('button', { name: 'Plan a test' }).click();
  await expect(detail.getByRole('tab', { name: 'Request' })).toBeVisible();
  expect(upstream.received).toEqual([]);
  await panel.page.keyboard.press('Control+Shift+L');
  await expect(detail.getByRole('group', { name: 'Price' })).toHaveText('free');
  await detail.getByRole('button', { name: 'Send a test' }).click();
  await expect(detail.getByText('Pong from upstream')).toBeVisible();
  expect(upstream.chats).toHaveLength(1);
});

test('an address set by a variable is shown as calls use it, and cannot be changed here', async ({
  launch,
  upstream,
}) => {
  const panel = await launch({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl } });
  const detail = (await open(panel)).detail('LM Studio');
  const base = detail.getByRole('textbox', { name: 'Base URL' });
  await expect(base).toHaveValue(upstream.baseUrl);
  await expect(base).not.toBeEditable();
  await expect(base).toHaveAccessibleDescription(/COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL/);
  await detail.getByRole('textbox', { name: 'Label' }).fill('My studio');
  await detail.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(panel.page.getByText('LM Studio is saved')).toBeVisible();
  // The file keeps its own address, which applies without the variable.
  expect(readJsonFile(panel.runtimeRoot, file)).toMatchObject({ base: 'http://127.0.0.1:1234/v1' });
});

test('a live test call of a provider that is off is disabled, with the reason beside it', async ({
  panel,
}) => {
  const providers = new Providers(panel.page);
  await providers.open();
  await providers.row('Off', 'Off OpenAI').click();
  const detail = providers.detail('OpenAI');
  await expect(detail.getByRole('button', { name: 'Plan a test' })).toBeEnabled();
  await panel.page.keyboard.press('Control+Shift+L');
  await expect(detail.getByRole('button', { name: 'Send a test' })).toBeDisabled();
  await expect(detail).toContainText('OpenAI is off: turn it on first.');
});

test('checking all providers continues past a silent one, and can be stopped', async ({
  launch,
  upstream,
}) => {
  const panel = await launch({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl } });
  upstream.listWith(() => undefined);
  const providers = await open(panel);
  await panel.page.getByRole('button', { name: 'Check all' }).click();
  await expect(providers.row('Ready', 'Stub').getByRole('img', { name: 'OK' })).toBeVisible();
  await expect(panel.page.getByRole('progressbar', { name: 'Checking' })).toBeVisible();
  await panel.page.getByTitle('Stop checking').click();
  await expect(panel.page.getByRole('button', { name: 'Check all' })).toBeVisible();
  expect(await upstream.received[0]?.closed).toBe('cut');
});
