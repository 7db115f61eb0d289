import { expect, test } from 'vitest';
import { chatOptions, providerEnv } from '../../__fixtures__/chat-core.ts';
import { testCore } from '../../__fixtures__/test-core.ts';
import { gameFolder, linesOf } from '../__fixtures__/game.ts';
import { bundledRun, runAndKill } from '../__fixtures__/killed-run.ts';
import { askedLines, lineUpstream, translated } from '../__fixtures__/line-upstream.ts';

const lines = 600;
const kills = 6;

test(
  'after kill -9 at random moments no line is lost and none is paid for twice',
  { timeout: 600_000 },
  async () => {
    const upstream = await lineUpstream();
    const env = providerEnv(upstream.url);
    const options = chatOptions(upstream.url);
    const core = testCore(options);
    const { project } = await core.ask('translate.create', {
      game: gameFolder({ 'a.txt': linesOf(lines) }),
      provider: 'openai_public',
      model: 'gpt-4o-mini',
      target_language: 'Japanese',
      group_lines: 5,
    });
    await core.ask('translate.import', { project: project.id });
    const script = await bundledRun();
    const run = (until: Promise<unknown>) =>
      runAndKill({ script, root: core.root, project: project.id, env, until });
    for (let kill = 0; kill < kills; kill++) {
      const count = upstream.requests.length;
      // During a request: while it is built, while its reply arrives, or while the reply is stored.
      const killed = upstream
        .request(count + 3 + Math.floor(Math.random() * 12))
        .then(() => new Promise((resolve) => setTimeout(resolve, Math.random() * 20)));
      expect(await run(killed)).toBeNull();
    }
    expect(await run(new Promise(() => {}))).toMatchObject({ ok: true, data: { run: { state: 'done' } } });
    const sent = upstream.requests.flatMap((request) => askedLines(request).map(({ text }) => text));
    expect(sent.length).toBe(new Set(sent).size);
    const { units } = (await core.ask('translate.get', { project: project.id })).project;
    expect((units.by_state['draft'] ?? 0) + units.held).toBe(lines);
    expect(units.held).toBeLessThanOrEqual(kills * 4 * 5);
    // Unknown groups are sent again only on request.
    const countBefore = upstream.requests.length;
    await core.ask('translate.run', { project: project.id, retry_unknown: true, wait: true });
    const again = upstream.requests.slice(countBefore).flatMap((request) => askedLines(request));
    expect(again).toHaveLength(units.held);
    for (let after = 0; ;) {
      const page = await core.ask('translate.units', { project: project.id, after, limit: 1000 });
      for (const { source, target } of page.units) expect(target).toBe(translated(source));
      if (page.next === null) break;
      after = page.next;
    }
  },
);
