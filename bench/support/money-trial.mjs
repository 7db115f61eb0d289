import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { headless, startNode, temporaryRoot } from './processes.mjs';

/** The prices of gpt-4.1, in USD per token. */
const inputPrice = 2e-6;
const outputPrice = 8e-6;
const maxTokens = 1200;
const key = 'sk-planted-0123456789abcdef';

/** Pseudo-random numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const word = 'lantern ';

/**
 * A provider on loopback that bills each request after reading it completely, even if the reply is lost. Three in ten fail: a
 * reset before or within the reply, an HTML error page of a gateway, or invalid JSON with status 200. One in ten is refused
 * with a provider error and not billed.
 */
async function startBilling(random) {
  const bill = { calls: 0, usd: 0 };
  const charge = (completion) => {
    bill.calls += 1;
    bill.usd += 11 * inputPrice + completion * outputPrice;
  };
  const server = createServer(async (request, response) => {
    let body = '';
    try {
      for await (const chunk of request) body += chunk;
    } catch {
      return undefined;
    }
    const { stream } = JSON.parse(body);
    const chance = random();
    const send = (status, value) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    };
    if (chance < 0.1)
      return send(400, { error: { message: 'no', type: 'invalid_request_error', code: 'no' } });
    // Bills the full limit, so the reserved bound is hardly above the bill, and a forgotten bound shows.
    const completion = maxTokens;
    charge(completion);
    await sleep(10 + random() * 300);
    if (chance < 0.2) return request.socket.resetAndDestroy();
    if (chance < 0.25) return send(502, '<html>Bad Gateway</html>');
    if (chance < 0.3) return send(200, '<html>oops');
    const usage = { prompt_tokens: 11, completion_tokens: completion, total_tokens: 11 + completion };
    const text = word.repeat(completion);
    if (chance < 0.4) {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length + 500 });
      return response.write('{"id":"x","choices":[', () => request.socket.resetAndDestroy());
    }
    if (!stream) {
      const choices = [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }];
      return send(200, { id: 'x', object: 'chat.completion', model: 'gpt-4.1', choices, usage });
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const event = (value) => response.write(`data: ${JSON.stringify(value)}\n\n`);
    event({ choices: [{ index: 0, delta: { content: text }, finish_reason: 'stop' }] });
    event({ choices: [], usage });
    return response.end('data: [DONE]\n\n');
  });
  server.on('connection', (socket) => socket.on('error', () => {}));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/v1`,
    bill,
    /** Resolves when this many calls were billed, or after ten seconds. */
    async reached(calls) {
      for (let i = 0; bill.calls < calls && i < 500; i++) await sleep(20);
    },
    close: () => (server.closeAllConnections(), server.close()),
  };
}

/** One caller: sends calls without a pause until `ended`. Disconnects early in one of eight non-streaming calls. */
async function callRepeatedly(base, random, ended) {
  while (!ended.aborted) {
    const stream = random() < 0.3;
    // Not for streams: the ledger books an abandoned stream with a margin, so the sums would differ.
    const leaves = !stream && random() < 0.125;
    const patience = leaves ? AbortSignal.timeout(5 + Math.floor(random() * 150)) : ended;
    const body = JSON.stringify({
      provider: 'openai_public',
      model: 'gpt-4.1',
      messages: [{ role: 'user', content: 'hello' }],
      params: { max_tokens: maxTokens },
      retries: random() < 0.2 ? 1 : 0,
      stream,
    });
    try {
      const headers = { 'content-type': 'application/json' };
      const signal = AbortSignal.any([patience, ended]);
      const answer = await fetch(`${base}/api/llm/chat`, { method: 'POST', headers, body, signal });
      await answer.text();
      // The server refuses immediately while the ledger is unavailable.
      if (answer.status === 503) await sleep(50);
    } catch {
      // The caller disconnected, or the server was killed.
      await sleep(5);
    }
  }
}

/** Disturbs the database while calls are in progress. */
async function disturb(postgres, random) {
  const chance = random();
  if (chance < 0.25) {
    await postgres.halt();
    await sleep(random() * 300);
    await postgres.resume();
  } else if (chance < 0.5) {
    postgres.setConnection('cut');
    await sleep(random() * 300);
    postgres.setConnection('open');
  } else if (chance < 0.75) {
    postgres.setConnection('silent');
    await sleep(random() * 300);
    postgres.setConnection('open');
  }
}

/**
 * Kills the built server repeatedly with calls in progress, and compares its ledger with the provider's bill:
 * settled ≤ billed ≤ settled + unknown + reserved. Build first.
 * @param {{ kills: number, callers?: number, seed?: number, postgres?: Awaited<ReturnType<typeof import('./postgres.mjs').startPostgres>>, log?: (text: string) => void }} options
 *   `postgres`: the database of the ledger, which is also stopped, restarted and disconnected; default: a SQLite file
 * @returns amounts in USD
 */
export async function moneyTrial({ kills, callers = 50, seed = 1, postgres = null, log = () => {} }) {
  const random = randomNumbers(seed);
  const provider = await startBilling(random);
  const root = temporaryRoot({ 'config/comfyvn.json': { features: { enable_public_llm: true } } });
  const env = {
    COMFYVN_RUNTIME_ROOT: root,
    COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: provider.url,
    COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: key,
    COMFYVN_LLM_DAILY_BUDGET_USD: '100000',
    ...(postgres ? { COMFYVN_LLM_DATABASE_URL: postgres.url } : {}),
  };
  const start = () => startNode([headless, '--port', '0'], { env });
  const started = performance.now();
  try {
    for (let kill = 1; kill <= kills; kill++) {
      const { url, child } = await start();
      const end = new AbortController();
      const all = Array.from({ length: callers }, () => callRepeatedly(url, random, end.signal));
      // Waits for the first calls, which take longest because the server loads code for them.
      await provider.reached(provider.bill.calls + 1 + Math.floor(random() * callers));
      await sleep(random() * 900);
      if (postgres && random() < 0.5) await disturb(postgres, random);
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      end.abort();
      await Promise.all([exited, ...all]);
      if (kill % 20 === 0) log(`${kill} kills, ${provider.bill.calls} calls billed`);
    }
    // Waits until the provider has read the requests that the last server sent before the kill.
    await sleep(500);
    const { url, child } = await start();
    const answer = await fetch(`${url}/api/llm/spend`).then((response) => response.json());
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
    const { budget } = answer.data ?? answer;
    const { spent_today: spent, unknown_today: unknown, reserved } = budget;
    return {
      kills,
      calls: provider.bill.calls,
      billed: provider.bill.usd,
      settled: spent - unknown,
      unknown,
      reserved,
      ledger: spent + reserved,
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    provider.close();
  }
}
