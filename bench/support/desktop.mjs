import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'undici';
import { sandboxArguments } from '../../scripts/support/display.mjs';
import { cpuOf, temporaryRoot } from './processes.mjs';

// The same clock as in the app's log and the page's `timeOrigin`.
const now = () => Date.now();

/** A port that is free at the moment. */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const get = async (url) => {
  try {
    const reply = await fetch(url);
    return reply.ok ? await reply.json() : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Polls until `ask` returns a value.
 * @param {string} what name of the value, for the error
 * @param {() => string} [hint] details for the error
 */
async function until(ask, everyMs, what, hint = () => '') {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(everyMs)) {
    const value = await ask();
    if (value !== undefined && value !== null) return value;
  }
  throw new Error(`no ${what} within a minute${hint()}`);
}

/** Sends one command of the DevTools protocol to a page, and returns the result. */
async function command(debuggerUrl, method, params = {}) {
  const socket = new WebSocket(debuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const answer = new Promise((resolve) => {
    socket.addEventListener('message', ({ data }) => resolve(JSON.parse(data).result));
  });
  socket.send(JSON.stringify({ id: 1, method, params }));
  const result = await answer;
  socket.close();
  return result;
}

/** Evaluates an expression in a page, through the debugging port. */
const evaluate = async (debuggerUrl, expression) =>
  (await command(debuggerUrl, 'Runtime.evaluate', { expression, returnByValue: true }))?.result?.value;

function tree(pid) {
  const all = [pid];
  for (const one of all) {
    try {
      for (const thread of readdirSync(`/proc/${one}/task`)) {
        const children = readFileSync(`/proc/${one}/task/${thread}/children`, 'utf8').trim();
        if (children) all.push(...children.split(' ').map(Number));
      }
    } catch {
      // The process has just ended.
    }
  }
  return [...new Set(all)];
}

/** Memory of a process and its descendants in MB. Each shared page counts once. */
export function pssOf(pid) {
  return tree(pid).reduce((sum, one) => {
    try {
      const rollup = readFileSync(`/proc/${one}/smaps_rollup`, 'utf8');
      return sum + Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024;
    } catch {
      return sum;
    }
  }, 0);
}

const logOf = (root) => readFileSync(join(root, 'logs', 'server.log'), 'utf8').trim();

/** When the app logged that its window is shown, in ms since 1970. */
function shownAt(root) {
  try {
    const lines = logOf(root).split('\n').reverse();
    const line = lines.map((text) => JSON.parse(text)).find(({ msg }) => msg === 'the window is shown');
    return line && Date.parse(line.time);
  } catch {
    return undefined;
  }
}

/** CPU time of a process and its descendants, in ms. */
export const cpuOfAll = (pid) =>
  tree(pid).reduce((sum, one) => {
    try {
      return sum + cpuOf(one) / 1000;
    } catch {
      return sum;
    }
  }, 0);

/** The page's heap after a garbage collection, in MB. */
export async function pageHeapMb(debuggerUrl) {
  await command(debuggerUrl, 'HeapProfiler.collectGarbage');
  return (await command(debuggerUrl, 'Runtime.getHeapUsage')).usedSize / 1024 / 1024;
}

/**
 * Starts Electron with the folder of an app, on free ports.
 * @returns its process id, start time and API address; `page` waits for its page, `stop` ends it
 */
export async function startApp(executable, app, root) {
  const debugging = await freePort();
  const port = await freePort();
  const args = [app, ...sandboxArguments(executable).args, `--remote-debugging-port=${debugging}`];
  const { ELECTRON_RUN_AS_NODE: _asNode, ...inherited } = process.env;
  const env = { ...inherited, COMFYVN_RUNTIME_ROOT: root, COMFYVN_LLM_PORT: String(port), HOME: root };
  const started = now();
  const child = spawn(executable, args, { env, stdio: 'ignore' });
  const pages = `http://127.0.0.1:${debugging}/json`;
  return {
    pid: child.pid,
    started,
    url: `http://127.0.0.1:${port}`,
    page: () => until(async () => (await get(pages))?.find(({ type }) => type === 'page'), 20, 'page'),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(late);
    },
  };
}

/**
 * Starts Electron once and waits until its page is ready. Measures ms from the start, and memory after `idleMs`. `api`: it
 * is our app, whose window must be shown and whose API must answer.
 * @param {string} executable
 * @param {string} app folder of the app
 * @param {string} mark an expression for the time when the page is ready, in ms since 1970; null before
 */
export async function startOnce(executable, app, mark, { idleMs, api, root = temporaryRoot() }) {
  const one = await startApp(executable, app, root);
  try {
    const answering = api ? until(() => get(`${one.url}/health`).then((up) => up && now()), 25, 'API') : null;
    const page = await one.page();
    const at = await until(() => evaluate(page.webSocketDebuggerUrl, mark).catch(() => undefined), 40, mark);
    // Ignores the log lines of earlier starts.
    const isShown = () => (shownAt(root) >= one.started ? shownAt(root) : undefined);
    const shown =
      Math.max(at, api ? await until(isShown, 40, 'window', () => `:\n${logOf(root)}`) : at) - one.started;
    await sleep(idleMs);
    return { shown, answering: answering ? (await answering) - one.started : NaN, pss: pssOf(one.pid) };
  } finally {
    await one.stop();
  }
}
