import { chmodSync, chownSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { OperationName } from '../contract/operations/table.ts';
import { startServer, type ServerProcess } from './__fixtures__/server-process.ts';
import { temporaryFolder } from './core/__fixtures__/test-core.ts';

const files: Record<string, object> = {
  'panel.json': { daily_budget_usd: 0.05, drafts: { bench: 'unsent' } },
  'config/comfyvn.json': { features: { mine: true } },
  'config/llm/presets/translate.json': {
    version: 1,
    active: null,
    presets: [{ id: 'mine', provider: 'stub', model: 'stub', options: {}, notes: '' }],
    edits: {},
  },
  'config/llm/providers/box.json': { name: 'box', adapter: 'openai_compat', base: 'http://127.0.0.1:9/v1' },
  'data/keys.passphrase.json': { version: 1, keys: {} },
};
const changes: [OperationName, object][] = [
  ['settings.update', { theme: 'light' }],
  ['features.set', { flag: 'silly_compat_offload', enabled: true }],
  [
    'presets.create',
    { module: 'translate', preset: { id: 'second', provider: 'stub', model: 'stub', options: {} } },
  ],
  ['providers.save', { provider: { name: 'box', adapter: 'openai_compat', base: 'http://127.0.0.1:8/v1' } }],
  ['keys.set', { provider: 'anthropic_public', key: 'sk-planted-0123456789abcdef' }],
];

function made(): { root: string; texts(): Record<string, string>; names(): string[] } {
  const root = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), JSON.stringify(content));
  }
  const texts = () =>
    Object.fromEntries(Object.keys(files).map((path) => [path, readFileSync(join(root, path), 'utf8')]));
  const names = () =>
    (readdirSync(root, { recursive: true }) as string[]).filter((name) => /broken|\.tmp/.test(name));
  return { root, texts, names };
}

const passphrase = { COMFYVN_LLM_KEY_PASSPHRASE: 'correct horse battery' };
const isRoot = process.getuid?.() === 0;
const nobody = 65534;

describe('files without read permission', () => {
  test.skipIf(process.platform === 'win32')(
    'are unchanged, keep their last good content in use, and are used again once readable',
    async () => {
      const { root, texts, names } = made();
      const own = (path: string) => isRoot && chownSync(join(root, path), nobody, nobody);
      for (const path of ['', ...(readdirSync(root, { recursive: true }) as string[])]) own(path);
      const server = await startServer({ root, env: passphrase, ...(isRoot ? { uid: nobody } : {}) });
      const before = texts();
      for (const path of Object.keys(files)) chmodSync(join(root, path), 0o000);
      const held = () => isRoot || statSync(join(root, 'panel.json')).mode;
      expect(held()).toBeTruthy();

      for (const [name, input] of changes)
        expect([name, await server.tell(name, input)]).toEqual([
          name,
          { ok: false, error: expect.objectContaining({ code: 'file_unreadable' }) as unknown },
        ]);
      expect((await server.ask('settings.get')).daily_budget_usd).toBe(0.05);
      expect((await server.ask('features.get')).features).toEqual({ mine: true });
      expect(
        (await server.ask('presets.list', { module: 'translate' })).presets.map(({ id }) => id),
      ).toContain('mine');

      for (const path of Object.keys(files)) chmodSync(join(root, path), 0o600);
      expect([texts(), names()]).toEqual([before, []]);
      for (const [name, input] of changes)
        expect([name, (await server.tell(name, input)).ok]).toEqual([name, true]);
      await vi.waitFor(async () => expect((await server.ask('registry.get')).warnings).toEqual([]), {
        timeout: 10_000,
        interval: 100,
      });
    },
  );
});

/** Connections that are kept open; the first one is used to ask over. */
async function fill(server: ServerProcess, count: number): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, () =>
    connect(server.port, '127.0.0.1').on('error', () => {}),
  );
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
  await new Promise((resolve) => sockets[0]?.once('connect', resolve));
  return sockets;
}

/** One request over a connection that is accepted already. */
function askOver(socket: Socket, { port, token }: ServerProcess, name: string, input: object) {
  const body = JSON.stringify(input);
  const head = [
    `POST /rpc/${name} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Content-Type: application/json',
    `Authorization: Bearer ${token}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  return new Promise<{ ok: boolean; error?: { code: string } }>((resolve) => {
    let text = '';
    const take = (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const answer = text.slice(text.indexOf('\r\n\r\n') + 4);
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? NaN);
      if (Buffer.byteLength(answer) !== length) return;
      socket.off('data', take);
      resolve(JSON.parse(answer) as { ok: boolean });
    };
    socket.on('data', take);
  });
}

describe('a server without free file descriptors', () => {
  test.skipIf(process.platform === 'win32')(
    'treats no file as broken, and can write again afterwards',
    async () => {
      const { root, texts, names } = made();
      const maxFiles = 64;
      const server = await startServer({ root, env: passphrase, maxFiles });
      const before = texts();
      const sockets = await fill(server, maxFiles + 40);
      const [first] = sockets as [Socket];
      // Full once the process has as many descriptors as it may have. One that it gives back at the last moment is
      // taken by a further connection: those that waited were closed when there was none left.
      const full = () => readdirSync(`/proc/${server.child.pid}/fd`).length >= maxFiles;
      const fillAgain = async () => full() || (sockets.push(...(await fill(server, 4))), full());
      if (process.platform === 'linux') await vi.waitUntil(fillAgain, { timeout: 10_000, interval: 200 });
      for (const [name, input] of changes) {
        const answer = await askOver(first, server, name, input);
        expect([name, answer.error?.code]).toEqual([name, 'file_unreadable']);
      }
      await askOver(first, server, 'registry.refresh', {});
      expect([texts(), names()]).toEqual([before, []]);
      for (const socket of sockets) socket.destroy();
      await vi.waitFor(async () => expect((await server.ask('settings.get')).daily_budget_usd).toBe(0.05), {
        timeout: 10_000,
      });
      for (const [name, input] of changes)
        await vi.waitFor(
          async () =>
            expect(await server.tell(name, input)).toEqual({ ok: true, data: expect.anything() as unknown }),
          {
            timeout: 10_000,
          },
        );
      expect((await server.ask('settings.get')).drafts).toEqual({ bench: 'unsent' });
    },
  );
});
