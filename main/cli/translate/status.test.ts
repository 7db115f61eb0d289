import { expect, test } from 'vitest';
import { featuresOn, providerEnv } from '../../core/__fixtures__/chat-core.ts';
import type { Answer } from '../../core/__fixtures__/upstream.ts';
import { gameFolder, linesOf } from '../../core/translation/__fixtures__/game.ts';
import {
  lineUpstream,
  reply,
  replyText,
  type NumberedLine,
} from '../../core/translation/__fixtures__/line-upstream.ts';
import { testCli } from '../__fixtures__/test-cli.ts';

async function project(answer: (lines: NumberedLine[], n: number) => Answer | undefined, lines: number) {
  const upstream = await lineUpstream(answer);
  const files = { 'config/comfyvn.json': featuresOn };
  const cli = testCli({ env: providerEnv(upstream.url), files, columns: 200 });
  const folder = cli.path('project');
  const game = gameFolder({ 'a.txt': linesOf(lines) });
  const model = ['-p', 'openai_public', '--model', 'gpt-4o-mini'];
  await cli.run('translate', 'init', game, '--to', 'Japanese', '--folder', folder, ...model);
  const status = async () => (await cli.run('translate', 'status', folder)).out;
  return { upstream, cli, status, folder };
}

/** A reply with 1000 prompt tokens, of which `cached` come from the provider's cache. */
function cachedReply(lines: NumberedLine[], cached: number | undefined): Answer {
  const { body } = reply(replyText(lines)) as { body: { usage: Record<string, number> } };
  const details = cached === undefined ? {} : { prompt_tokens_details: { cached_tokens: cached } };
  const usage = { ...body.usage, prompt_tokens: 1000, total_tokens: 1000 + body.usage['completion_tokens']! };
  return { body: { ...body, usage: { ...usage, ...details } } };
}

test('the status shows how many tokens of the last run came from the cache, and the USD saved', async () => {
  const { cli, status, folder } = await project((lines, n) => cachedReply(lines, n === 0 ? 0 : 800), 120);
  expect(await status()).not.toContain('from the cache');
  expect((await cli.run('translate', 'run', folder, '--yes', '--max-usd', '1')).code).toBe(0);
  // Two of three requests read 800 tokens at half of 0.15 USD a million.
  expect(await status()).toMatch(
    /from the cache +1600 of 3000 prompt tokens of the last run, \$0\.00012 saved\n/,
  );
});

test('the status shows no cache if the provider reports none', async () => {
  const { cli, status, folder } = await project((lines) => cachedReply(lines, undefined), 3);
  expect((await cli.run('translate', 'run', folder, '--yes', '--max-usd', '1')).code).toBe(0);
  expect(await status()).not.toContain('from the cache');
});

test('the status shows the processes of a run and what they wait for, until the run ends', async () => {
  const tooMany = { error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' } };
  const { upstream, cli, status, folder } = await project(
    (_, n) => (n === 0 ? { status: 429, headers: { 'retry-after': '40' }, body: tooMany } : undefined),
    200,
  );
  const running = cli.run('translate', 'run', folder, '--yes', '--max-usd', '1');
  await upstream.request(0);
  await expect
    .poll(status, { timeout: 35_000 })
    .toMatch(/waiting for +openai_public asked for a pause; until \d{4}-\d\d-\d\dT[\d:.]+Z\n/);
  const shown = await status();
  expect(shown).toMatch(
    new RegExp(`process +\\S.*, process ${process.pid}: \\d+ requests in progress, last seen \\d+ s ago\n`),
  );
  expect(shown).toMatch(/last run +running\n/);
  cli.interrupt();
  expect((await running).code).toBe(130);
  expect(await status()).not.toMatch(/last seen|waiting for/);
});
