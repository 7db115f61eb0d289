import { expect, test } from './fixtures.ts';
import { History } from './pages/history.ts';
import { KeyCard } from './pages/key-card.ts';
import { callApi } from './support/api.ts';
import { keysAt, openAiAt, openAiCall } from './support/openai-at.ts';
import { answerByBody, refusal } from './support/upstream-answers.ts';

const refused = 'sk-e2e+refused/kTw5-aaa1';
const limited = 'sk-e2e+limited/kTw5-bbb2';
const added = 'sk-e2e+added-/-kTw5-ccc3';
const limit = { error: { message: 'Rate limit reached', type: 'requests', code: 'rate_limit_exceeded' } };

test('a call continues with the next key; the page shows which key was refused, which one pauses, and which one served', async ({
  launch,
  upstream,
}) => {
  const taken = answerByBody('Pong');
  const wrongKey = refusal(401, 'Incorrect API key provided.', 'invalid_request_error', 'invalid_api_key');
  upstream.answerWith((response, received) => {
    const key = received.headers.authorization;
    if (key === `Bearer ${refused}`) return wrongKey(response, received);
    if (key !== `Bearer ${limited}`) return taken(response, received);
    response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '600' });
    response.end(JSON.stringify(limit));
  });
  const env = { OPENAI_API_KEY: refused, OPENAI_API_KEY_2: limited };
  const panel = await launch(openAiAt(upstream, { env }));
  const { page, apiUrl } = panel;
  const card = new KeyCard(page, 'OpenAI');
  await card.open();
  await card.button('Add another key').click();
  await card.root.getByLabel('Label (optional)').fill('studio');
  await card.enterKey(added);
  const studio = card.root.getByRole('listitem', { name: 'Key studio' });
  await expect(studio).toContainText('••••ccc3');

  const ping = () => callApi(apiUrl, 'POST', '/api/llm/chat', { ...openAiCall, retries: 0 });
  expect((await ping()).status).toBe(200);
  expect(keysAt(upstream).slice(-3)).toEqual([refused, limited, added]);
  await expect(card.root).toContainText('not used: the provider refused it');
  const second = card.root.getByRole('listitem', { name: 'Key OPENAI_API_KEY_2' });
  await expect(second).toContainText('rate limited, paused until');
  expect((await ping()).status).toBe(200);
  expect(keysAt(upstream).at(-1)).toBe(added);

  // The model list is answered: the provider accepts the key now.
  await card.button('Check and use again').click();
  await expect(card.root).not.toContainText('not used');
  expect(keysAt(upstream).at(-1)).toBe(refused);

  await studio.getByRole('button', { name: 'Rename' }).click();
  await studio.getByLabel('Label (optional)').fill('guild');
  await page.keyboard.press('Enter');
  const guild = card.root.getByRole('listitem', { name: 'Key guild' });
  await guild.getByRole('button', { name: 'Remove' }).click();
  await expect(guild).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(guild).toContainText('••••ccc3');
  for (const key of [refused, limited, added]) expect(await page.content()).not.toContain(key);
});

test('History shows the last four characters of the key that served', async ({ launch, upstream }) => {
  const panel = await launch(openAiAt(upstream, { env: { OPENAI_API_KEY: added } }));
  await callApi(panel.apiUrl, 'POST', '/api/llm/chat', openAiCall);
  const history = new History(panel.page);
  await history.open();
  await history.rows.first().click();
  await panel.page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(panel.page.getByText('••••ccc3')).toBeVisible();
});
