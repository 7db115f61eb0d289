import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

// Starts and measures processes (Linux only). They end with the process that started them.

export const projectRoot = resolve(import.meta.dirname, '..', '..');
export const headless = join(projectRoot, 'out', 'main', 'headless.js');
const mock = join(import.meta.dirname, 'mock-upstream.mjs');

const children = new Set();
const folders = new Set();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

/** A temporary folder with these files, which is removed when this process ends. */
export function temporaryRoot(files = {}) {
  const root = mkdtempSync(join(tmpdir(), 'llm-panel-bench-'));
  folders.add(root);
  for (const [path, value] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), JSON.stringify(value));
  }
  return root;
}

/**
 * Starts a Node script and waits until it prints `listening on URL`, or until `ready` accepts connections.
 * @returns {Promise<{ url: string, pid: number, child: import('node:child_process').ChildProcess, ms: number }>}
 */
export async function startNode(args, { env = {}, cwd = projectRoot, ready } = {}) {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let text = '';
  let errors = '';
  child.stderr.on('data', (chunk) => (errors = (errors + chunk).slice(-4000)));
  const closed = once(child, 'close').then(() => {
    children.delete(child);
    throw new Error(`${args.join(' ')} ended: ${text}${errors}`);
  });
  closed.catch(() => {});
  const listening = new Promise((done) => {
    child.stdout.on('data', (chunk) => {
      text = (text + chunk).slice(-4000);
      const url = /listening on (http:\S+)/.exec(text)?.[1];
      if (url) done(url);
    });
  });
  const url = await Promise.race([ready ? waitFor(ready).then(() => ready) : listening, closed]);
  return { url, pid: child.pid, child, ms: performance.now() - started };
}

async function waitFor(url) {
  for (;;) {
    const up = await fetch(url).then(
      () => true,
      () => false,
    );
    if (up) return;
    await new Promise((next) => setTimeout(next, 50));
  }
}

/** Starts the mock provider in a separate process. */
export const startMock = () => startNode([mock, '0']);

/** Starts the built headless server. All of its providers have the address `upstream`. */
export function startPanel(upstream, { env = {}, nodeArgs = [], features = {}, entry = headless } = {}) {
  const root = temporaryRoot({
    'config/comfyvn.json': { features: { enable_public_llm: true, ...features } },
  });
  const bases = {
    OPENAI_PUBLIC: '/v1',
    ANTHROPIC_PUBLIC: '/v1',
    GOOGLE_GEMINI: '/v1beta',
    OPENROUTER: '/api/v1',
    LMSTUDIO_LOCAL: '/v1',
    OLLAMA_DEFAULT: '',
  };
  const addresses = Object.entries(bases).flatMap(([name, base]) => [
    [`COMFYVN_LLM_${name}_BASE_URL`, upstream + base],
    [`COMFYVN_LLM_${name}_API_KEY`, `sk-measurement-${name.toLowerCase()}`],
  ]);
  const money = { COMFYVN_LLM_DAILY_BUDGET_USD: '100000', COMFYVN_LLM_CALL_BUDGET_USD: '5' };
  const variables = { COMFYVN_RUNTIME_ROOT: root, ...Object.fromEntries(addresses), ...money, ...env };
  return startNode([...nodeArgs, entry, '--port', '0'], { env: variables }).then((panel) => ({
    ...panel,
    root,
  }));
}

/** Ends a process; returns its exit code, or the signal that ended it. */
export async function stop({ child }, ms = 20_000) {
  if (child.exitCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), ms);
  const [code, signal] = await ended;
  clearTimeout(late);
  return code ?? signal;
}

/** CPU time of a process and all of its threads, in microseconds. */
export function cpuOf(pid) {
  let ns = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      ns += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      // The thread has just ended.
    }
  }
  return ns / 1000;
}

/** Memory in MB: `VmRSS`, or `VmHWM` for the peak. */
export function memoryOf(pid, what = 'VmRSS') {
  const match = new RegExp(`${what}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(match?.[1] ?? 0) / 1024;
}

/** The number of open sockets of a process. */
export function socketsOf(pid) {
  return readdirSync(`/proc/${pid}/fd`).filter((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith('socket:');
    } catch {
      return false;
    }
  }).length;
}
