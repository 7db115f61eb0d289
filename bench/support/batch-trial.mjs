import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const command = resolve(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js');

/** A number between 0 and 1 from a text, the same in every run. */
const randomOf = (text) => createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;

/** A provider on loopback. 5 % of its calls fail, in five ways; two of these close the connection without a reply. */
async function startProvider(latencyMs) {
  const paid = new Map();
  const asked = new Map();
  const waiting = new Set();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const line = JSON.parse(body).messages.at(-1).content;
    const n = (asked.get(line) ?? 0) + 1;
    asked.set(line, n);
    for (const check of waiting) check();
    const random = randomOf(`${line} ${n}`);
    const end = (status, value) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    const error = (status, message) => end(status, { error: { message, type: 'server_error' } });
    await new Promise((done) => setTimeout(done, latencyMs * (0.5 + randomOf(line))));
    if (random < 0.01) return error(429, 'slow down');
    if (random < 0.02) return error(500, 'the server had an error');
    if (random < 0.03) return error(503, 'overloaded');
    // No reply, so the caller cannot know whether the call was paid.
    if (random < 0.04) return response.destroy();
    paid.set(line, (paid.get(line) ?? 0) + 1);
    if (random < 0.05) return response.destroy();
    const usage = { prompt_tokens: 5, completion_tokens: 5, total_tokens: 10 };
    const choices = [
      { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: `re: ${line}` } },
    ];
    return end(200, { id: line, object: 'chat.completion', model: 'm', choices, usage });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const calls = () => [...asked.values()].reduce((sum, n) => sum + n, 0);
  return {
    url: `http://127.0.0.1:${server.address().port}/v1`,
    paid,
    calls,
    /** Resolves when this many calls have arrived. */
    reached: (count) =>
      new Promise((done) => {
        const check = () => {
          if (calls() < count) return;
          waiting.delete(check);
          done();
        };
        waiting.add(check);
        check();
      }),
    close: () => (server.closeAllConnections(), server.close()),
  };
}

function memoryOf(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return null;
  }
}

/**
 * Runs a batch of `lines` lines. Kills it three times with SIGKILL and starts it again each time.
 * @param {{ lines: number, concurrency?: number, latencyMs?: number, log?: (text: string) => void }} options
 * @returns the rows of the output, what the provider counted, and memory in MB at the kills and every half second
 */
export async function batchTrial({ lines, concurrency = 8, latencyMs = 10, log = () => {} }) {
  const folder = mkdtempSync(join(tmpdir(), 'panel-batch-'));
  const provider = await startProvider(latencyMs);
  const texts = Array.from({ length: lines }, (_, i) => `line ${i + 1}`);
  const [input, output] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')];
  writeFileSync(input, texts.map((text, i) => `${JSON.stringify({ id: `l${i + 1}`, text })}\n`).join(''));
  const env = { PATH: process.env.PATH, COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: provider.url };
  const args = ['--root', join(folder, 'root'), 'batch', '-p', 'lmstudio_local', '-c', String(concurrency)];
  const start = () => {
    const child = spawn(process.execPath, [command, ...args, input, output], { env, stdio: 'pipe' });
    const text = { out: '', err: '' };
    child.stdout.on('data', (chunk) => (text.out += chunk));
    child.stderr.on('data', (chunk) => (text.err += chunk));
    return { child, text, ended: once(child, 'close').then(([code]) => code) };
  };
  const started = performance.now();
  const memory = [];
  try {
    for (const part of [0.25, 0.5, 0.75]) {
      const { child, ended, text } = start();
      await Promise.race([provider.reached(Math.round(lines * part)), ended]);
      memory.push(memoryOf(child.pid));
      child.kill('SIGKILL');
      await ended;
      log(`killed at ${provider.calls()} calls; ${text.err.trim().split('\n').at(-1)}`);
    }
    const last = start();
    const timer = setInterval(() => memory.push(memoryOf(last.child.pid)), 500);
    const code = await last.ended;
    clearInterval(timer);
    log(last.text.err.trim());
    log(last.text.out.trim());
    const rows = readFileSync(output, 'utf8')
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row));
    return {
      code,
      seconds: (performance.now() - started) / 1000,
      rows,
      inOrder: rows.every((row, i) => row.id === `l${i + 1}`),
      answers: rows.filter((row) => row.ok && row.reply === `re: line ${row.line}`).length,
      unknown: rows.filter((row) => row.paid === 'maybe').length,
      failed: rows.filter((row) => !row.ok && row.paid !== 'maybe').length,
      calls: provider.calls(),
      paidLines: provider.paid.size,
      paidTwice: [...provider.paid].filter(([, n]) => n > 1).map(([line]) => line),
      memory: memory.filter((mb) => mb !== null).map(Math.round),
    };
  } finally {
    provider.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
