import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ErrorInfo } from '../../contract/errors.ts';
import type { OperationName, OperationOutput } from '../../contract/operations/table.ts';

const script = resolve(import.meta.dirname, '..', '..', 'out', 'main', 'headless.js');

export interface ServerOptions {
  root: string;
  env?: Record<string, string>;
  /** The user it runs as, a number; by default ours. */
  uid?: number;
  /** How many files and connections it may have open at a time. */
  maxFiles?: number;
}

export interface ServerProcess {
  child: ChildProcess;
  url: string;
  port: number;
  token: string;
  /** The operation's data; throws where it fails. */
  ask<N extends OperationName>(name: N, input?: unknown): Promise<OperationOutput<N>>;
  /** The operation's data, or its error. */
  tell(
    name: OperationName,
    input?: unknown,
  ): Promise<{ ok: true; data: unknown } | { ok: false; error: ErrorInfo }>;
  stop(): Promise<void>;
}

/** The built headless server with its panel, as a process of its own that ends with the test. */
export async function startServer({ root, env = {}, uid, maxFiles }: ServerOptions): Promise<ServerProcess> {
  if (!existsSync(script)) throw new Error(`${script} is not there: run npm run build first (npm test does)`);
  // What is preloaded into the tests (scripts/windows) is preloaded into their servers.
  const { PATH = '', NODE_OPTIONS = '' } = process.env;
  const node = [process.execPath, script, '--port', '0', '--ui'];
  const [command = '', ...args] = maxFiles
    ? ['sh', '-c', `ulimit -n ${maxFiles}; exec "$0" "$@"`, ...node]
    : node;
  const child = spawn(command, args, {
    cwd: tmpdir(),
    env: { PATH, NODE_OPTIONS, HOME: tmpdir(), COMFYVN_RUNTIME_ROOT: root, ...env },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const ended = once(child, 'close');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  let match: RegExpExecArray | null;
  while (!(match = /(http:\/\/127\.0\.0\.1:(\d+))\/#token=([\w-]+)/.exec(text)))
    if (await Promise.race([ended.then(() => true), once(child.stdout, 'data').then(() => false)]))
      throw new Error(`it ended before it listened: ${text}`);
  const [, url = '', port = '', token = ''] = match;
  const tell: ServerProcess['tell'] = async (name, input = {}) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const response = await fetch(`${url}/rpc/${name}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(input),
    });
    return (await response.json()) as Awaited<ReturnType<ServerProcess['tell']>>;
  };
  return {
    child,
    url,
    port: Number(port),
    token,
    stop,
    tell,
    async ask(name, input) {
      const envelope = await tell(name, input);
      if (!envelope.ok) throw new Error(`${name} failed: ${envelope.error.code}: ${envelope.error.message}`);
      return envelope.data as OperationOutput<typeof name>;
    },
  };
}
