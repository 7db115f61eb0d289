import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'undici';
import { sandboxArguments } from '../../scripts/support/display.mjs';
import { temporaryRoot } from './processes.mjs';

const now = () => performance.timeOrigin + performance.now();

/** A port that was free a moment ago. */
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

async function until(ask, everyMs) {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(everyMs)) {
    const found = await ask();
    if (found !== undefined && found !== null) return found;
  }
  throw new Error('it did not come within a minute');
}

/** Asks a page over the debugging port what an expression is. */
async function evaluate(debuggerUrl, expression) {
  const socket = new WebSocket(debuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const told = new Promise((resolve) => {
    socket.addEventListener('message', ({ data }) => resolve(JSON.parse(data).result?.result?.value));
  });
  socket.send(
    JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression, returnByValue: true } }),
  );
  const value = await told;
  socket.close();
  return value;
}

function tree(pid) {
  const all = [pid];
  for (const one of all) {
    try {
      for (const thread of readdirSync(`/proc/${one}/task`)) {
        const children = readFileSync(`/proc/${one}/task/${thread}/children`, 'utf8').trim();
        if (children) all.push(...children.split(' ').map(Number));
      }
    } catch {
      // It has just ended.
    }
  }
  return [...new Set(all)];
}

/** Memory of a process and all it started, each shared page counted once, in MB. */
function pssOf(pid) {
  return tree(pid).reduce((sum, one) => {
    try {
      const rollup = readFileSync(`/proc/${one}/smaps_rollup`, 'utf8');
      return sum + Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024;
    } catch {
      return sum;
    }
  }, 0);
}

/** When the app said that its window is on the screen, in ms since 1970. */
function shownAt(root) {
  try {
    const lines = readFileSync(join(root, 'logs', 'server.log'), 'utf8')
      .trim()
      .split('\n')
      .reverse();
    const line = lines.map((text) => JSON.parse(text)).find(({ msg }) => msg === 'the window is shown');
    return line && Date.parse(line.time);
  } catch {
    return undefined;
  }
}

/**
 * Starts an Electron once and waits until its page says that it is there; ms from the start, memory after `idleMs`. With `api` it is our
 * app: there its window must be on the screen too.
 * @param {string} executable
 * @param {string} app folder of the app
 * @param {string} mark an expression for the moment, in ms since the page's `timeOrigin`; null until then
 */
export async function startOnce(executable, app, mark, { idleMs, api, root = temporaryRoot() }) {
  const debugging = await freePort();
  const port = await freePort();
  const args = [app, ...sandboxArguments(executable).args, `--remote-debugging-port=${debugging}`];
  const { ELECTRON_RUN_AS_NODE: _asNode, ...inherited } = process.env;
  const env = { ...inherited, COMFYVN_RUNTIME_ROOT: root, COMFYVN_LLM_PORT: String(port), HOME: root };
  const started = now();
  const child = spawn(executable, args, { env, stdio: 'ignore' });
  try {
    const answering = api
      ? until(() => get(`http://127.0.0.1:${port}/health`).then((up) => up && now()), 25)
      : null;
    const page = await until(
      async () => (await get(`http://127.0.0.1:${debugging}/json`))?.find(({ type }) => type === 'page'),
      20,
    );
    const at = await until(() => evaluate(page.webSocketDebuggerUrl, mark).catch(() => undefined), 40);
    // A line of an earlier start is older than this one.
    const there = api ? await until(() => (shownAt(root) >= started ? shownAt(root) : undefined), 40) : at;
    const shown = Math.max(at, there) - started;
    await sleep(idleMs);
    return { shown, answering: answering ? (await answering) - started : NaN, pss: pssOf(child.pid) };
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(late);
  }
}
