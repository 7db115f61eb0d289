import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { featuresOn, providerEnv } from '../../core/__fixtures__/chat-core.ts';
import { gameFolder, linesOf } from '../../core/translation/__fixtures__/game.ts';
import { lineUpstream, translated } from '../../core/translation/__fixtures__/line-upstream.ts';
import { batchUpstream } from '../../core/translation/batches/__fixtures__/batch-upstream.ts';
import { answerTo, openAiBatchApi } from '../../core/translation/batches/__fixtures__/openai-batch-api.ts';
import { testCli } from '../__fixtures__/test-cli.ts';

const files = { 'config/comfyvn.json': featuresOn };
const model = ['-p', 'openai_public', '--model', 'gpt-4o-mini'];

async function project(lines = 60) {
  const upstream = await lineUpstream();
  const cli = testCli({ env: providerEnv(upstream.url), files });
  const game = gameFolder({ 'a.txt': linesOf(lines) });
  const folder = cli.path('project');
  const init = await cli.run(
    'translate',
    'init',
    game,
    '--to',
    'Japanese',
    '--from',
    'English',
    '--folder',
    folder,
    ...model,
  );
  return { upstream, cli, game, folder, init };
}

test('a game is translated in four commands', async () => {
  const { upstream, cli, game, folder, init } = await project();
  expect([init.code, init.out]).toEqual([0, expect.stringContaining('1 files, 60 texts, 60 new')]);
  expect(JSON.parse(readFileSync(join(folder, 'project.json'), 'utf8'))).toMatchObject({
    target_language: 'Japanese',
  });
  expect(readFileSync(join(folder, 'glossary.csv'), 'utf8')).toBe(
    'term,translation,kind,gender,voice,note\n',
  );
  const plan = await cli.run('translate', 'plan', folder);
  expect(plan.out).toMatch(/openai_public\/gpt-4o-mini: 60 lines; 2 requests, \d+ prompt tokens, about \$/);
  expect(upstream.requests).toHaveLength(0);
  const run = await cli.run('translate', 'run', folder, '--yes', '--max-usd', '1');
  expect([run.code, run.out]).toEqual([0, expect.stringContaining('60 draft')]);
  expect(upstream.requests).toHaveLength(2);
  const written = await cli.run('translate', 'export', folder, '--to', cli.path('out'));
  expect([written.code, written.out]).toEqual([0, expect.stringContaining('1 files with 60 translations')]);
  const lines = readFileSync(join(game, 'a.txt'), 'utf8').trim().split('\n');
  expect(readFileSync(cli.path('out/a.txt'), 'utf8').trim().split('\n')).toEqual(lines.map(translated));
});

test('a game is translated as a batch; above a limit, it is sent after its amount is confirmed', async () => {
  const upstream = await batchUpstream(openAiBatchApi(), { resultOf: answerTo });
  const env = { ...providerEnv(upstream.url), COMFYVN_LLM_DAILY_BUDGET_USD: '0.0001' };
  const cli = testCli({ env, files });
  const folder = cli.path('project');
  const game = gameFolder({ 'a.txt': linesOf(60) });
  await cli.run('translate', 'init', game, '--to', 'Japanese', '--folder', folder, ...model);
  const asBatch = ['translate', 'run', folder, '--yes', '--max-usd', '1', '--delivery', 'batch'];
  const refused = await cli.run(...asBatch);
  expect(refused.code).toBe(6);
  const [, sum = ''] = /--confirm-usd ([\d.]+)/.exec(refused.err) ?? [];
  expect(upstream.requests).toHaveLength(0);
  const run = await cli.run(...asBatch, '--confirm-usd', sum);
  expect([run.code, run.out]).toEqual([0, expect.stringContaining('60 draft')]);
  expect(upstream.jobs).toHaveLength(1);
});

test('nothing is sent if no user can be asked and no limit is set', async () => {
  const { upstream, cli, folder } = await project();
  const run = await cli.run('translate', 'run', folder);
  expect([run.code, run.err]).toEqual([2, expect.stringContaining('--yes and --max-usd')]);
  expect(upstream.requests).toHaveLength(0);
});

test('the live hook is turned on for a project with a limit, shown, and turned off', async () => {
  const { cli, folder } = await project(1);
  expect((await cli.run('translate', 'hook', folder)).out).toContain('is off');
  const on = await cli.run('translate', 'hook', folder, '--max-usd', '0.5');
  expect(on.out).toMatch(
    /Endpoint=CustomTranslate[^]*Url=http:\/\/127\.0\.0\.1:8000\/hooks\/[0-9a-f]{32}\/xunity/,
  );
  expect((await cli.run('translate', 'hook', folder)).out).toMatch(/\$0 of \$0\.5000 spent/);
  expect((await cli.run('translate', 'hook', '--off')).out).toContain('is off');
});

test('a limit ends the run with the number of lines left, and the next run continues', async () => {
  const { upstream, cli, folder } = await project(200);
  const run = await cli.run('translate', 'run', folder, '--yes', '--max-usd', '0.003', '--json');
  expect(run.code).toBe(6);
  expect(run.json()).toMatchObject({ ok: false, run: { state: 'waiting', code: 'budget_exceeded' } });
  const sent = upstream.requests.length;
  expect((await cli.run('translate', 'run', folder, '--yes', '--max-usd', '1')).code).toBe(0);
  expect(upstream.requests).toHaveLength(5);
  expect(sent).toBeLessThan(5);
});

test('lines are listed, approved and set by hand, and an offline run costs nothing', async () => {
  const { upstream, cli, folder } = await project(3);
  expect((await cli.run('translate', 'run', folder, '--mock')).code).toBe(0);
  expect(upstream.requests).toHaveLength(0);
  const listed = await cli.run('translate', 'review', folder, '--state', 'draft', '--json');
  const units = listed.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; target: string });
  expect(units.map(({ target }) => target)).toEqual([1, 2, 3].map((n) => `~Line number ${n} of the story.~`));
  await cli.run('translate', 'review', folder, '--id', units[0]?.id ?? '', '--target', '一行目');
  const { out } = await cli.run('translate', 'review', folder, '--approve');
  expect(out).toBe('0 lines are now reviewed\n');
  expect((await cli.run('translate', 'status', folder)).out).toMatch(/reviewed +1\n/);
  expect((await cli.run('translate', 'status')).out).toContain(folder.slice(0, 20));
});

test('an update of the game is reported, and a folder without a project is an error that names it', async () => {
  const { cli, game, folder } = await project(3);
  writeFileSync(join(game, 'a.txt'), `${linesOf(3)}One more line.\n`);
  const { out } = await cli.run('translate', 'import', folder);
  expect(out).toContain('4 texts, 1 new');
  const wrong = await cli.run('translate', 'plan', cli.path('nowhere'));
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('project.json')]);
  expect(existsSync(cli.path('nowhere'))).toBe(false);
});
