import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Client } from 'pg';
import { chatCore, plantedKey } from '../../__fixtures__/chat-core.ts';
import { appRoot, type TestCore, type TestCoreOptions } from '../../__fixtures__/test-core.ts';
import type { Upstream } from '../../__fixtures__/upstream.ts';
import { usePostgres, withoutPostgres } from '../../database/__fixtures__/postgres.ts';
import { linesOf, testProject } from '../__fixtures__/game.ts';
import { askedLines, lineUpstream, reply, replyText } from '../__fixtures__/line-upstream.ts';

const groups = 10;
const files = { 'a.txt': linesOf(groups * 5) };
const settings = { group_lines: 5, concurrency: 1 };

/** A promise with a function that resolves it. */
function deferred() {
  let resolvePromise: () => void = () => {};
  const promise = new Promise<void>((resolve) => (resolvePromise = resolve));
  return { promise, resolve: () => resolvePromise() };
}

/** A model whose first reply waits for `released`. */
const heldUpstream = (released: Promise<unknown>, onFirst = () => {}) =>
  lineUpstream((lines, n) => {
    if (n > 0) return undefined;
    onFirst();
    const { body } = reply(replyText(lines)) as { body: unknown };
    return { headers: { 'content-type': 'application/json' }, chunks: [released, JSON.stringify(body)] };
  });

/** A core that helps with other cores' runs; ends with the test. */
async function helper(
  upstream: Upstream,
  options: TestCoreOptions,
  { report = () => {}, concurrency = 4 }: { report?: (line: string) => void; concurrency?: number } = {},
): Promise<TestCore> {
  const core = chatCore(upstream.url, options);
  const { sharing } = await core.core.translation();
  sharing.help({ concurrency, isOn: () => true, report });
  return core;
}

const allLines = (...upstreams: Upstream[]) =>
  upstreams.flatMap(({ requests }) =>
    requests.flatMap((request) => askedLines(request).map(({ text }) => text)),
  );

describe.skipIf(withoutPostgres)('a run that several machines work on', () => {
  const server = usePostgres();
  const database = async () => ({ COMFYVN_LLM_DATABASE_URL: await server().newDatabase() });

  /** The content of all tables, as text. */
  async function dump(url: string): Promise<string> {
    const client = new Client({ connectionString: url });
    await client.connect();
    onTestFinished(() => client.end());
    const tables = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    const texts: string[] = [];
    for (const { name } of tables.rows)
      texts.push(JSON.stringify((await client.query(`select * from "${name}"`)).rows));
    return texts.join('\n');
  }

  test('a worker sends the groups for which the first machine has no free slot, and none is sent twice', async () => {
    const env = await database();
    const othersSent = deferred();
    const theirs = await lineUpstream((_, n) => {
      if (n === groups - 2) othersSent.resolve();
      return undefined;
    });
    const ours = await heldUpstream(othersSent.promise);
    const { core, id, view } = await testProject(ours.url, files, settings, { env });
    await helper(theirs, { env });
    const { run } = await core.ask('translate.run', { project: id, wait: true });
    expect(run).toMatchObject({ state: 'done', code: null, groups_by_state: { done: groups } });
    expect([ours.requests.length, theirs.requests.length]).toEqual([1, groups - 1]);
    const asked = allLines(ours, theirs);
    expect([asked.length, new Set(asked).size]).toEqual([groups * 5, groups * 5]);
    expect((await view()).units.by_state).toEqual({ draft: groups * 5 });
  });

  test('a machine without the key leaves the groups to one with the key, and no key is in the database', async () => {
    const env = await database();
    const [ours, theirs] = [await lineUpstream(), await lineUpstream()];
    const without = { ...env, COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: undefined };
    const { core, id } = await testProject(ours.url, files, settings, { env: without });
    expect((await core.ask('translate.run', { project: id, wait: true })).run).toMatchObject({
      state: 'waiting',
      code: 'missing_key',
    });
    const other = await helper(theirs, { env });
    const isListed = async () =>
      (await dump(env.COMFYVN_LLM_DATABASE_URL)).includes('"run":null,"providers"');
    await expect.poll(isListed).toBe(true);
    const { run } = await core.ask('translate.run', { project: id, wait: true });
    expect(run).toMatchObject({ state: 'done', groups_by_state: { done: groups } });
    expect([ours.requests.length, theirs.requests.length]).toEqual([0, groups]);
    expect(theirs.requests[0]?.headers.authorization).toContain(plantedKey('openai_public'));
    await other.core.close();
    const all = await dump(env.COMFYVN_LLM_DATABASE_URL);
    expect(all).toContain('Line number 1 of the story');
    expect(all).not.toMatch(/planted-[a-z_]+-Zq81kTw5vLx0/);
  });

  test('a pause from a third machine stops all machines that work on the run', async () => {
    const env = await database();
    const [released, bothSending] = [deferred(), deferred()];
    let sending = 0;
    const count = () => {
      if (++sending === 2) bothSending.resolve();
    };
    const ours = await heldUpstream(released.promise, count);
    const theirs = await heldUpstream(released.promise, count);
    const { core, id, view, folder } = await testProject(ours.url, files, settings, { env });
    await helper(theirs, { env }, { concurrency: 1 });
    const panel = chatCore('http://127.0.0.1:9', { env });
    const ended = core.ask('translate.run', { project: id, wait: true });
    await bothSending.promise;
    // As on a machine that does not have the project's folder.
    renameSync(folder, `${folder}-elsewhere`);
    const watched = (await panel.ask('translate.get', { project: id })).project;
    expect([watched.settings.target_language, watched.run?.state]).toEqual(['Japanese', 'running']);
    const { message } = await panel.refusal('translate.plan', { project: id });
    expect(message).toContain(folder);
    renameSync(`${folder}-elsewhere`, folder);
    await panel.ask('translate.pause', { project: id });
    released.resolve();
    expect((await ended).run).toMatchObject({
      state: 'paused',
      groups_by_state: { done: 2, planned: groups - 2 },
    });
    expect([ours.requests.length, theirs.requests.length]).toEqual([1, 1]);
    expect((await view()).units.by_state).toEqual({ draft: 10, new: groups * 5 - 10 });
    // Any machine can resume the run.
    const { run } = await panel.ask('translate.get', { project: id }).then(({ project }) => project);
    expect(run?.state).toBe('paused');
    const { run: again } = await core.ask('translate.run', { project: id, wait: true });
    expect(again.state).toBe('done');
    expect(new Set(allLines(ours, theirs)).size).toBe(allLines(ours, theirs).length);
  });

  test('all machines together stay below the run’s limit', async () => {
    const env = await database();
    const [ours, theirs] = [await lineUpstream(), await lineUpstream()];
    const wide = { ...settings, concurrency: 4 };
    const { core, id, view } = await testProject(ours.url, files, wide, { env });
    await helper(theirs, { env });
    await helper(theirs, { env });
    const { cost } = await core.ask('translate.plan', { project: id });
    // Enough for the upper bound of one request and the costs of about four.
    const limit = (cost?.max ?? 0) / groups + 0.0002;
    const { run } = await core.ask('translate.run', { project: id, wait: true, max_usd: limit });
    expect(run).toMatchObject({ state: 'waiting', code: 'budget_exceeded' });
    const { spent_usd } = await view();
    expect(spent_usd).toBeGreaterThan(0);
    expect(spent_usd).toBeLessThanOrEqual(limit);
    const sent = ours.requests.length + theirs.requests.length;
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(groups);
  });

  test('a machine whose prompt packs produce other bytes sends nothing, and reports it', async () => {
    const env = await database();
    const noticed = deferred();
    const ours = await heldUpstream(noticed.promise);
    const theirs = await lineUpstream();
    const { core, id } = await testProject(ours.url, files, settings, { env });
    const pack = join(appRoot, 'prompt-packs', 'translate_scene');
    const changed = Object.fromEntries(
      ['pack.json', 'template.md', 'output.schema.json', 'system.md'].map((name) => [
        `config/llm/packs/translate_scene/${name}`,
        readFileSync(join(pack, name), 'utf8') + (name === 'system.md' ? '\nBe brief.\n' : ''),
      ]),
    );
    const options = { env, files: changed };
    const report = (line: string) => {
      if (line.includes('would send other bytes')) noticed.resolve();
    };
    await helper(theirs, options, { report });
    const { run } = await core.ask('translate.run', { project: id, wait: true });
    expect(run).toMatchObject({ state: 'done', groups_by_state: { done: groups } });
    expect([ours.requests.length, theirs.requests.length]).toEqual([groups, 0]);
    // A run for which no other machine has a key does not wait for this machine.
    const without = { ...env, COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: undefined };
    const second = await testProject(ours.url, { 'b.txt': linesOf(20, 'Word') }, settings, { env: without });
    const { run: left } = await second.core.ask('translate.run', { project: second.id, wait: true });
    expect(left).toMatchObject({ state: 'waiting', code: 'missing_key' });
    expect([ours.requests.length, theirs.requests.length]).toEqual([groups, 0]);
  });
});
