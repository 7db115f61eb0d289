import { expect, test } from 'vitest';
import { inOrderFor } from '../../secrets/key-pool.ts';
import { linesOf, testProject } from '../__fixtures__/game.ts';
import { lineUpstream } from '../__fixtures__/line-upstream.ts';

const files = { 'a.txt': linesOf(200) };
const texts = ['run-key-A-Zq81-aaa1', 'run-key-B-m2Vx-bbb2', 'run-key-C-t6Jw-ccc3', 'run-key-D-p8Nd-ddd4'];
const name = 'COMFYVN_LLM_OPENAI_PUBLIC_API_KEY';
const env = Object.fromEntries(texts.map((key, at) => [at === 0 ? name : `${name}_${at + 1}`, key]));
const keys = texts.map((key, at) => ({ key, id: `${at}`, source: `${at}`, variable: `$${at}` }));
const keyOf = ({ headers }: { headers: { authorization?: string | undefined } }) =>
  headers.authorization?.slice('Bearer '.length);

test('all groups of a project are sent with the same key', async () => {
  const upstream = await lineUpstream();
  const { core, id } = await testProject(upstream.url, files, { concurrency: 2 }, { env });
  await core.ask('translate.run', { project: id, wait: true });
  expect(upstream.requests).toHaveLength(5);
  expect(new Set(upstream.requests.map(keyOf))).toEqual(new Set([inOrderFor(id, keys)[0]?.key]));
});

test('if a key is limited or refused during a run, other keys translate all lines without a wait', async () => {
  const wrongKey = { error: { message: 'Incorrect API key provided.', code: 'invalid_api_key' } };
  const tooMany = { error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' } };
  const upstream = await lineUpstream((_, n) => {
    if (n === 1) return { status: 429, headers: { 'retry-after': '3600' }, body: tooMany };
    return n === 3 ? { status: 401, body: wrongKey } : undefined;
  });
  const { core, id, view } = await testProject(upstream.url, files, { concurrency: 1 }, { env });
  const { run } = await core.ask('translate.run', { project: id, wait: true });
  expect(run).toMatchObject({ state: 'done', groups_by_state: { done: 5 } });
  expect((await view()).units.by_state).toEqual({ draft: 200 });
  const [first, second, third] = inOrderFor(id, keys).map(({ key }) => key);
  expect(upstream.requests.map(keyOf)).toEqual([first, first, second, second, third, third, third]);
});
