import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { usePostgres, withoutPostgres } from '../../database/__fixtures__/postgres.ts';
import { linesOf, testProject } from '../__fixtures__/game.ts';
import { lineUpstream, reply, replyText, translated } from '../__fixtures__/line-upstream.ts';

describe.skipIf(withoutPostgres)('a project on PostgreSQL', () => {
  const server = usePostgres();

  test('is imported, translated despite a bad reply, imported again, reviewed and exported', async () => {
    const upstream = await lineUpstream((lines, n) =>
      n === 1 ? reply(replyText(lines.slice(3))) : undefined,
    );
    const env = { COMFYVN_LLM_DATABASE_URL: await server().newDatabase() };
    const { core, id, game, view } = await testProject(upstream.url, { 'a.txt': linesOf(100) }, {}, { env });
    const { run } = await core.ask('translate.run', { project: id, wait: true });
    expect(run).toMatchObject({ state: 'done', code: null });
    expect((await view()).units.by_state).toEqual({ draft: 100 });
    writeFileSync(join(game, 'a.txt'), `First of all.\n${linesOf(100)}`);
    expect(await core.ask('translate.import', { project: id })).toMatchObject({ new: 1, remembered: 100 });
    await core.ask('translate.run', { project: id, wait: true });
    const { units } = await core.ask('translate.units', { project: id, limit: 1000 });
    for (const { source, target } of units) expect(target).toBe(translated(source));
    expect((await core.ask('translate.approve', { project: id, text: 'number 7' })).approved).toBe(11);
    expect((await core.ask('translate.export', { project: id })).written_units).toBe(101);
    const { counts } = await core.ask('translate.review', { lang: 'ja', status: 'all' });
    expect(counts).toEqual({ pending: 90, reviewed: 11 });
  });

  test('lists the requests of a run by their time, the latest first, and unsent ones at the end', async () => {
    let pause: Promise<unknown> | undefined;
    const upstream = await lineUpstream((_lines, n) => {
      if (n === 2) pause = core.ask('translate.pause', { project: id });
      return undefined;
    });
    const env = { COMFYVN_LLM_DATABASE_URL: await server().newDatabase() };
    const files = { 'a.txt': linesOf(2000) };
    const { core, id } = await testProject(upstream.url, files, { concurrency: 1 }, { env });
    const { run } = await core.ask('translate.run', { project: id, wait: true });
    await pause;
    expect(run?.state).toBe('paused');
    const { groups } = await core.ask('translate.groups', { project: id, limit: 1000 });
    const sent = groups.map(({ sent_at }) => sent_at);
    const count = sent.filter((at) => at !== null).length;
    expect([count > 0, count < sent.length]).toEqual([true, true]);
    expect(sent.slice(0, count)).toEqual(sent.slice(0, count).toSorted().toReversed());
    expect(sent.slice(count).every((at) => at === null)).toBe(true);
  });
});
