import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { openAiAt } from './support/openai-at.ts';
import { jsonOf, streamOf } from './support/upstream-answers.ts';

test('the likely and the maximum price are beside Send before anything is sent, and follow the input', async ({
  launch,
  upstream,
}) => {
  const panel = await launch(openAiAt(upstream, { env: { OPENAI_API_KEY: 'sk-e2e-0123456789' } }));
  const bench = new Bench(panel.page);
  const price = panel.page.getByRole('region', { name: 'Input' }).getByRole('group', { name: 'Price' });
  await expect(price).toContainText('offline');
  await bench.pickTarget(/^OpenAI/);
  await bench.pickModel('gpt-4o');
  const words = 'How long is the rainy season? ';
  await bench.message().fill(words);
  const preview = async (content: string) => {
    const messages = [{ role: 'user' as const, content }];
    const answer = await panel.ask('chat.preview', {
      module: 'vn_chat',
      provider: 'openai_public',
      model: 'gpt-4o',
      messages,
      stream: true,
      dry_run: true,
    });
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.data.estimate;
  };
  const { cost } = await preview(words);
  const shown = async () => {
    const [, likely, max] = /likely \$([\d.]+).*at most \$([\d.]+)/s.exec(await price.innerText()) ?? [];
    return { likely: Number(likely), max: Number(max) };
  };
  await expect(price).toContainText('likely $');
  const first = await shown();
  expect(first.likely).toBeGreaterThan(cost?.min ?? Number.NaN);
  expect(first.likely).toBeLessThan(first.max);
  expect(first.max).toBeCloseTo(cost?.max ?? Number.NaN, 2);

  await bench.message().fill(words.repeat(400));
  await expect.poll(async () => (await shown()).likely).toBeGreaterThan(first.likely * 1.5);
  expect(upstream.received).toEqual([]);

  upstream.answerWith(streamOf(['Weeks.']));
  await bench.message().fill(words);
  await bench.mode('LIVE').click();
  await bench.run();
  await expect(bench.replyText).toHaveText('Weeks.');
  expect(jsonOf(await upstream.chat(0))).toMatchObject({ model: 'gpt-4o' });
});
