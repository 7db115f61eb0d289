import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from './core/__fixtures__/test-core.ts';
import { startUpstream } from './core/__fixtures__/upstream.ts';
import { send } from './http/__fixtures__/test-server.ts';

const script = resolve(import.meta.dirname, '..', 'out', 'main', 'headless.js');

interface Started {
  child: ChildProcess;
  root: string;
  /** What it has printed so far. */
  out(): string;
  err(): string;
  /** The exit code; null when a signal ended it. */
  ended: Promise<number | null>;
  /** The port, once it listens; rejects with its words when it ends before. */
  port(): Promise<number>;
}

/** `node out/main/headless.js` with an environment of its own. */
function start(args: string[], env: Record<string, string> = {}): Started {
  const root = temporaryFolder();
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [script, ...args], {
    cwd: tmpdir(),
    env: { PATH, COMFYVN_RUNTIME_ROOT: root, ...env },
  });
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (text.err += chunk.toString('utf8')));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const port = async () => {
    for (;;) {
      const found = /^listening on http:\/\/\S+:(\d+)$/m.exec(text.out)?.[1];
      if (found) return Number(found);
      const gone = await Promise.race([ended.then(() => true), once(child.stdout, 'data').then(() => false)]);
      if (gone) throw new Error(`it ended before it listened: ${text.out}${text.err}`);
    }
  };
  return { child, root, out: () => text.out, err: () => text.err, ended, port };
}

/** The code and words of one that is to end by itself. */
async function refused(args: string[], env: Record<string, string> = {}) {
  const { ended, out, err } = start(args, env);
  return { code: await ended, out: out(), err: err() };
}

beforeAll(() => {
  if (!existsSync(script)) throw new Error(`${script} is not there: run npm run build first (npm test does)`);
});

describe('a server without a window', () => {
  test('takes a free port, prints it, answers there, and writes only to its folder', async () => {
    const { port, root, out } = start(['--port', '0']);
    const at = await port();
    expect((await send(at, { path: '/health' })).json()).toMatchObject({
      ok: true,
      service: 'comfyvn-llm-panel',
      providers: 8,
      listening: `http://127.0.0.1:${at}`,
    });
    const ping = await send(at, {
      method: 'POST',
      path: '/api/llm/test-call',
      body: { registry_id: 'stub', prompt: 'Ping' },
    });
    expect(ping.json()['reply']).toBe('Ping');
    expect(existsSync(join(root, 'logs', 'server.log'))).toBe(true);
    expect(out()).not.toContain('token');
  });

  test('takes its port from the environment, and the flag takes precedence', async () => {
    const { port } = start(['--port=0'], { COMFYVN_LLM_PORT: 'not read' });
    expect(await port()).toBeGreaterThan(0);
    expect(await start([], { COMFYVN_LLM_PORT: '0', COMFYVN_LLM_HOST: 'localhost' }).port()).toBeGreaterThan(
      0,
    );
  });

  // Windows has no signals between processes; what its consoles send is tried in scripts/windows.
  const hasSignals = process.platform !== 'win32';

  async function expectCleanStop(signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP'): Promise<void> {
    const upstream = await startUpstream({ fault: 'hang' });
    const { child, ended, port, root, err } = start(['--port', '0'], {
      COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.url,
    });
    const at = await port();
    await send(at, {
      method: 'POST',
      path: '/api/llm/chat',
      body: {},
      headers: { 'x-request-id': 'last-words' },
    });
    const waiting = send(at, {
      method: 'POST',
      path: '/api/llm/chat',
      body: { provider: 'lmstudio_local', messages: [{ role: 'user', content: 'hi' }] },
    });
    await upstream.request(0);
    child.kill(signal);
    expect([signal, await ended, err()]).toEqual([signal, 0, '']);
    expect((await waiting).json()['code'], signal).toBe('shutting_down');
    expect(readFileSync(join(root, 'logs', 'server.log'), 'utf8'), signal).toContain('last-words');
    await expect(send(at, { path: '/health' }), signal).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  }

  // Each waits out the ten seconds that calls under way are given, so they wait beside each other.
  test.runIf(hasSignals)(
    'SIGTERM, SIGINT and SIGHUP stop it with code 0, although a provider keeps a caller waiting, and the log is complete',
    async () => {
      await Promise.all((['SIGTERM', 'SIGINT', 'SIGHUP'] as const).map(expectCleanStop));
    },
  );

  test.runIf(hasSignals)('a second signal ends it at once, with code 1', async () => {
    const upstream = await startUpstream({ fault: 'hang' });
    const { child, ended, port } = start(['--port', '0'], {
      COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.url,
    });
    const at = await port();
    const body = { provider: 'lmstudio_local', messages: [{ role: 'user', content: 'hi' }] };
    const waiting = send(at, { method: 'POST', path: '/api/llm/chat', body }).catch(() => 'cut');
    await upstream.request(0);
    const started = performance.now();
    // One that follows within a second and a half is npm's echo of the first.
    const again = setInterval(() => child.kill('SIGTERM'), 700);
    child.kill('SIGTERM');
    expect([await ended, await waiting]).toEqual([1, 'cut']);
    clearInterval(again);
    expect(performance.now() - started).toBeLessThan(9_000);
  });

  test('--help lists the flags and starts nothing', async () => {
    const { code, out } = await refused(['--help']);
    expect([code, out]).toEqual([0, expect.stringMatching(/--port[^]*--host[^]*--ui/)]);
    expect(out).not.toContain('listening');
  });
});

describe('refused at start, with one line that says what to change, and code 1', () => {
  test('a port that is taken', async () => {
    const port = await start(['--port', '0']).port();
    const { code, out, err } = await refused(['--port', String(port)]);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(new RegExp(`^port ${port} .*--port.*\n$`));
  });

  const bad: [string[], Record<string, string>, string][] = [
    [['--port', 'abc'], {}, '--port'],
    [['--port', '70000'], {}, '--port'],
    [['--port=-1'], {}, '--port'],
    [['--port', ''], {}, '--port'],
    [[], { COMFYVN_LLM_PORT: '80 80' }, 'COMFYVN_LLM_PORT'],
    [['--prot', '0'], {}, '--prot'],
    [['8000'], {}, '8000'],
    [['--port', '0', '--host', '0.0.0.0'], {}, 'COMFYVN_LLM_TOKEN'],
    [['--port', '0'], { COMFYVN_LLM_HOST: '::' }, 'COMFYVN_LLM_TOKEN'],
    [['--port', '0'], { COMFYVN_LLM_TOKEN: 'short' }, 'COMFYVN_LLM_TOKEN'],
    ...['$1', 'two', '1,5', '-1', 'NaN', '1e999'].map((limit): [string[], Record<string, string>, string] => [
      ['--port', '0'],
      { COMFYVN_LLM_DAILY_BUDGET_USD: limit },
      'COMFYVN_LLM_DAILY_BUDGET_USD',
    ]),
    [['--port', '0'], { COMFYVN_LLM_CALL_BUDGET_USD: '$0.25' }, 'COMFYVN_LLM_CALL_BUDGET_USD'],
    [['--port', '0', '--host', '203.0.113.7'], { COMFYVN_LLM_TOKEN: 'a-token-of-a-studio' }, '203.0.113.7'],
  ];
  for (const [args, env, names] of bad) {
    test(`${args.join(' ')} ${JSON.stringify(env)}`, async () => {
      const { code, out, err } = await refused(args, env);
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain(names);
      expect(err.trim().split('\n')).toHaveLength(1);
    });
  }

  for (const limit of ['2', '$1', true, -1, []])
    test(`a daily limit of ${JSON.stringify(limit)} in panel.json`, async () => {
      const root = temporaryFolder();
      writeFileSync(join(root, 'panel.json'), JSON.stringify({ daily_budget_usd: limit }));
      const { code, out, err } = await refused(['--port', '0'], { COMFYVN_RUNTIME_ROOT: root });
      expect([code, out]).toEqual([1, '']);
      expect(err).toMatch(/panel\.json, at daily_budget_usd: .*\n$/);
    });
});

describe('open to the network', () => {
  test('it needs the token on every route and warns that the traffic is not encrypted', async () => {
    const { port, err, out, child } = start(['--port', '0', '--host', '0.0.0.0'], {
      COMFYVN_LLM_TOKEN: 'a-token-of-a-studio',
    });
    const at = await port();
    expect((await send(at, { path: '/api/llm/registry' })).status).toBe(401);
    expect(
      (
        await send(at, {
          path: '/api/llm/registry',
          headers: { authorization: 'Bearer a-token-of-a-studio' },
        })
      ).status,
    ).toBe(200);
    while (!err().includes('not encrypted')) await once(child.stderr ?? child, 'data');
    expect(out()).not.toContain('a-token-of-a-studio');
  });
});

describe('--ui', () => {
  test('serves the panel and prints an address whose token opens /rpc', async () => {
    const { port, out, child } = start(['--port', '0', '--ui']);
    const at = await port();
    const address = () => new RegExp(`http://127\\.0\\.0\\.1:${at}/#token=(\\S+)`).exec(out())?.[1];
    while (!address()) await once(child.stdout ?? child, 'data');
    const page = await send(at, { path: '/' });
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const asset = /src="\.?(\/assets\/[^"]+\.js)"/.exec(page.text)?.[1] ?? '';
    expect((await send(at, { path: asset })).headers['content-type']).toBe('text/javascript; charset=utf-8');
    const status = { method: 'POST', path: '/rpc/server.status' };
    expect((await send(at, status)).status).toBe(401);
    const opened = await send(at, { ...status, headers: { authorization: `Bearer ${address()}` } });
    expect(opened.json()).toMatchObject({
      ok: true,
      data: { host: 'headless', listening: `http://127.0.0.1:${at}` },
    });
  });
});
