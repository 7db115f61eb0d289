import { expect, it } from 'vitest';
import { pooledKeys } from '../../__fixtures__/keyed-provider.ts';
import { linesOf, testProject } from '../__fixtures__/game.ts';
import { batchUpstream } from './__fixtures__/batch-upstream.ts';
import { answerTo, openAiBatchApi } from './__fixtures__/openai-batch-api.ts';

const [a, b] = pooledKeys;
const first = 'COMFYVN_LLM_OPENAI_PUBLIC_API_KEY';
const second = `${first}_2`;

it('a batch is read with the key that created it; without that key, the error names it', async () => {
  const upstream = await batchUpstream(openAiBatchApi(), { resultOf: answerTo, runsFor: 1e9 });
  const project = await testProject(upstream.url, { 'a.txt': linesOf(40) }, {}, { env: { [first]: a } });
  await project.core.ask('translate.run', { project: project.id, delivery: 'batch' });
  await upstream.request(2);
  await project.core.ask('translate.pause', { project: project.id });
  expect((await project.view()).batches).toMatchObject([{ state: 'submitted', key_last4: a.slice(-4) }]);
  upstream.behave({ resultOf: answerTo });
  const run = async (env: Record<string, string>) => {
    Object.assign(project.core.env, env);
    const input = { project: project.id, delivery: 'batch', wait: true } as const;
    return (await project.core.ask('translate.run', input)).run;
  };
  const before = upstream.requests.length;
  const withoutKey = await run({ [first]: b });
  expect(withoutKey).toMatchObject({ state: 'waiting', code: 'missing_key' });
  expect(withoutKey.reason).toContain(`batch_1 was made with the key ••••${a.slice(-4)}`);
  expect(upstream.requests).toHaveLength(before);
  expect(await run({ [first]: b, [second]: a })).toMatchObject({ state: 'done', code: null });
  expect(upstream.jobs).toHaveLength(1);
  const keys = upstream.requests.map(({ headers }) => headers['authorization']);
  expect(new Set(keys)).toEqual(new Set([`Bearer ${a}`]));
});
