import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chatOptions } from '../core/__fixtures__/chat-core.ts';
import { temporaryFolder } from '../core/__fixtures__/test-core.ts';
import { gameFolder } from '../core/translation/__fixtures__/game.ts';
import {
  askedLines,
  lineUpstream,
  reply,
  translated,
} from '../core/translation/__fixtures__/line-upstream.ts';
import { testServer } from './__fixtures__/test-server.ts';

type Bad = Parameters<typeof lineUpstream>[0];

async function setUp({
  bad,
  maxUsd = 1,
  env = {},
}: { bad?: Bad; maxUsd?: number; env?: Record<string, string> } = {}) {
  const upstream = await lineUpstream(bad);
  const transport = await testServer(chatOptions(upstream.url, { env }));
  const { project } = await transport.ask('translate.create', {
    game: gameFolder({ 'a.txt': 'One line.\n' }),
    folder: temporaryFolder(),
    provider: 'openai_public',
    model: 'gpt-4o-mini',
    target_language: 'Japanese',
    source_language: 'English',
  });
  const { path } = await transport.ask('hook.on', { project: project.id, max_usd: maxUsd });
  const hook = (text: string, more = '', headers = {}) =>
    transport.send({ path: `${path}?from=en&to=ja&text=${encodeURIComponent(text)}${more}`, headers });
  const asked = () => upstream.requests.map((request) => askedLines(request).map(({ text }) => text));
  return { ...transport, upstream, project, path, hook, asked };
}

describe('the live hook', () => {
  it('answers a line as plain text, first from the model, then from the memory', async () => {
    const { hook, asked, ask } = await setUp();
    const first = await hook('Good morning, Mika & Ren?');
    expect([first.status, first.text]).toEqual([200, translated('Good morning, Mika & Ren?')]);
    expect(first.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect((await hook('Good morning, Mika & Ren?')).text).toBe(translated('Good morning, Mika & Ren?'));
    expect(asked()).toEqual([['Good morning, Mika & Ren?']]);
    expect((await ask('hook.get', {})).spent_usd).toBeGreaterThan(0);
  });

  it('sends a line once, however many callers request it at the same time', async () => {
    const { hook, asked } = await setUp();
    const lines = ['The inn.', 'The harbour.', 'The inn.', 'The old mill.'];
    const replies = await Promise.all(lines.map((line) => hook(line)));
    expect(replies.map(({ text }) => text)).toEqual(lines.map((line) => translated(line)));
    expect(asked().flat().toSorted()).toEqual(['The harbour.', 'The inn.', 'The old mill.']);
  });

  it('uses the project’s glossary and reviewed translations', async () => {
    const { hook, upstream, ask, project } = await setUp();
    const entries = [{ term: 'Mika', translation: 'ミカ' }];
    await ask('translate.saveGlossary', { project: project.id, entries });
    await hook('Mika sleeps.');
    expect(upstream.requests[0]?.body.toString()).toContain('ミカ');
    await ask('translate.reviewEntry', { key: 'Mika sleeps.', lang: 'ja', translation: 'ミカは眠る。' });
    expect((await hook('Mika sleeps.')).text).toBe('ミカは眠る。');
    expect(upstream.requests).toHaveLength(1);
  });

  it('stops at its own limit before sending anything', async () => {
    const { hook, upstream } = await setUp({ maxUsd: 0.000_001 });
    const refused = await hook('The inn.');
    expect([refused.status, refused.json()['code']]).toEqual([402, 'budget_exceeded']);
    expect(upstream.requests).toHaveLength(0);
  });

  it('answers an error with a status, never with a text that the game would show', async () => {
    const broken = await setUp({ bad: () => ({ status: 500, body: { error: { message: 'down' } } }) });
    expect((await broken.hook('The inn.')).status).toBe(502);
    const refusal = await setUp({ bad: () => reply('I cannot help with that.') });
    expect((await refusal.hook('The inn.')).status).toBeGreaterThanOrEqual(400);
    const code = await setUp({
      bad: (lines) => reply(JSON.stringify({ lines: lines.map(({ id }) => `${id}|同じ`) })),
    });
    expect((await code.hook('You have %d coins and {b}hope{/b}.')).status).toBe(422);
    // Refused lines are not in the memory, so the line is sent again.
    await code.hook('You have %d coins and {b}hope{/b}.');
    expect(code.upstream.requests).toHaveLength(2);
  });

  it.each([
    ['&to=fr', 'Japanese'],
    ['&from=de', 'English'],
  ])('refuses another language than the project’s (%s)', async (query, language) => {
    const { send, path } = await setUp();
    const refused = await send({ path: `${path}?text=x${query}` });
    expect([refused.status, refused.json()['message']]).toEqual([400, expect.stringContaining(language)]);
  });

  it('a line without text is refused by name', async () => {
    const { send, path } = await setUp();
    const refused = await send({ path: `${path}?to=ja` });
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('text')]);
  });
});

describe('access to the live hook', () => {
  it('is granted by its own token, on its own path only', async () => {
    const env = { COMFYVN_LLM_TOKEN: 'a-token-of-a-studio-0123' };
    const { hook, send, path } = await setUp({ env });
    expect((await hook('The inn.')).status).toBe(200);
    const [, , token = ''] = path.split('/');
    const headers = { authorization: `Bearer ${token}` };
    expect((await send({ path: '/api/llm/registry', headers })).status).toBe(401);
  });

  it('is refused to any web page', async () => {
    const { hook, url, upstream } = await setUp();
    for (const headers of [
      { origin: url },
      { 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-mode': 'navigate' },
    ])
      expect((await hook('The inn.', '', headers)).status).toBe(403);
    expect(upstream.requests).toHaveLength(0);
  });

  it('is locked for an address for a minute after ten wrong tokens, even with the right one', async () => {
    const { hook, send, clock } = await setUp();
    for (let i = 0; i < 10; i++)
      expect((await send({ path: `/hooks/${'0'.repeat(31)}${i}/xunity?text=x` })).status).toBe(401);
    expect((await hook('The inn.')).status).toBe(429);
    clock.advance(61_000);
    expect((await hook('The inn.')).status).toBe(200);
  });

  it('locks nobody out of the server when a game calls with an old token', async () => {
    const env = { COMFYVN_LLM_TOKEN: 'a-token-of-a-studio-0123' };
    const { send } = await setUp({ env });
    for (let i = 0; i < 12; i++) await send({ path: `/hooks/${'0'.repeat(32)}/xunity?text=x` });
    const headers = { authorization: `Bearer ${env.COMFYVN_LLM_TOKEN}` };
    expect((await send({ path: '/api/llm/runtime', headers })).status).toBe(200);
  });

  it('gets a new address when it is turned on again, and ends when it is turned off', async () => {
    const { hook, ask, project } = await setUp();
    const { path } = await ask('hook.on', { project: project.id, max_usd: 1 });
    expect(path).toMatch(/^\/hooks\/[0-9a-f]{32}\/xunity$/);
    expect((await hook('The inn.')).status).toBe(401);
    expect(await ask('hook.off', {})).toMatchObject({ on: false });
    expect(await ask('hook.get', {})).toMatchObject({ on: false, project: null });
  });

  it('leaves its token out of logs and files', async () => {
    const { hook, core, root, path, send } = await setUp();
    const [, , token = ''] = path.split('/');
    await hook('The inn.');
    await send({ path: `/hooks/${token}/other` });
    await core.close();
    expect(readFileSync(join(root, 'logs/server.log'), 'utf8')).toContain('/hooks/••••/xunity');
    expect(readFileSync(join(root, 'logs/server.log'), 'utf8')).not.toContain(token);
    expect(readFileSync(join(root, 'config/llm/live-hook.json'), 'utf8')).not.toContain(token);
  });
});
