import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { projectRoot } from '../../support/project.mjs';
import { nodeUnderWine, runUnderWine, windowsPath } from '../wine.mjs';

const startMs = 120_000;
const runMs = 20 * 60_000;

/** The preloads that make wine as strict as Windows. */
const preloads = ['append-handles.cjs'];

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

async function until(isSo, what, timeoutMs) {
  const end = Date.now() + timeoutMs;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`${what} within ${timeoutMs / 1000} s`);
    await pause(50);
  }
}

/** The built product on a Windows Node, with its own folder of user files. */
export class Panel {
  #folder;
  #work;
  #env;
  #runs = 0;

  /**
   * @param {{ folder: string, work: string, root: string, env?: Record<string, string> }} parts `folder` is the result of
   *   `prepareWine`, `work` is for outputs, `root` has the user's files; both are Linux paths
   */
  constructor({ folder, work, root, env = {} }) {
    this.#folder = folder;
    this.#work = work;
    this.root = root;
    this.#env = { COMFYVN_RUNTIME_ROOT: windowsPath(root), ...env };
  }

  /** Writes a file under the root. */
  write(path, content) {
    const file = join(this.root, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  #output() {
    return join(this.#work, `output-${++this.#runs}.txt`);
  }

  /**
   * One run of the command line.
   * @param {string[]} args
   * @param {(child: import('node:child_process').ChildProcess) => void} [onStart]
   * @param {Record<string, string>} [env] added to the panel's own
   * @returns {Promise<{ code: number, text: string }>}
   */
  async cli(args, onStart, env = {}) {
    const output = this.#output();
    const command = [windowsPath(join(projectRoot, 'out', 'main', 'cli.js')), ...args];
    const code = await nodeUnderWine(this.#folder, command, {
      preloads,
      env: { ...this.#env, ...env },
      output,
      timeoutMs: runMs,
      onStart,
    });
    return { code, text: readFileSync(output, 'utf8') };
  }

  /**
   * Starts the server with its panel.
   * @param {string[]} [further] preloads
   * @param {number} [port]
   */
  async serve(further = [], port) {
    const taken = port ?? (await freePort());
    const [output, ready] = [this.#output(), join(this.#work, `ready-${this.#runs}`)];
    const script = windowsPath(join(projectRoot, 'out', 'main', 'headless.js'));
    let child;
    const ended = nodeUnderWine(this.#folder, [script, '--port', String(taken), '--ui'], {
      preloads: ['ready-file.cjs', ...preloads, ...further],
      env: { ...this.#env, READY_FILE: windowsPath(ready) },
      output,
      onStart: (started) => (child = started),
    });
    let code;
    void ended.then((result) => (code = result));
    await until(() => existsSync(ready) || code !== undefined, 'the server does not listen', startMs);
    const text = readFileSync(output, 'utf8');
    if (code !== undefined) return { code, text };
    const url = `http://127.0.0.1:${taken}`;
    const token = /#token=([\w-]+)/.exec(text)?.[1];
    return {
      url,
      text,
      /** An operation's envelope. */
      async ask(name, input = {}) {
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
        const body = JSON.stringify(input);
        return (await fetch(`${url}/rpc/${name}`, { method: 'POST', headers, body })).json();
      },
      async end() {
        child.kill('SIGKILL');
        await ended;
      },
    };
  }

  /**
   * Holds a file open like another program, from the moment this resolves.
   * @param {string} path
   * @param {string} share what other programs may do: letters of `rwd`, or `-`
   * @param {number} ms
   * @returns {Promise<Promise<number>>} resolves once the file is held; the inner promise resolves when it is released
   */
  async hold(path, share, ms) {
    const output = this.#output();
    const command = [join(this.#folder, 'hold-file.exe'), windowsPath(path), share, String(ms)];
    const released = runUnderWine(this.#folder, command, { output });
    await until(() => /held|cannot/.test(readFileSync(output, 'utf8')), 'the file is not held', startMs);
    return [released];
  }
}
