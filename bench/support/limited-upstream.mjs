import { createServer } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** Counts the used amount of a limit within a sliding window. */
class SlidingWindow {
  #entries = [];
  #sum = 0;

  constructor(limit, windowMs) {
    this.limit = limit;
    this.windowMs = windowMs;
  }

  used(now) {
    while (this.#entries.length && this.#entries[0].at <= now - this.windowMs)
      this.#sum -= this.#entries.shift().amount;
    return this.#sum;
  }

  /** Milliseconds until this amount fits; 0 if it fits now. */
  waitFor(amount, now) {
    let over = this.used(now) + amount - this.limit;
    if (over <= 0) return 0;
    for (const entry of this.#entries) {
      over -= entry.amount;
      if (over <= 0) return entry.at + this.windowMs - now;
    }
    return this.windowMs;
  }

  add(amount, now) {
    this.#entries.push({ at: now, amount });
    this.#sum += amount;
  }
}

function replyTo(content) {
  const [, asked = content] = /(?:^|\n)Translate:\n([^]*)$/.exec(content) ?? [];
  const lines = asked.split('\n').flatMap((line) => /^(\d+)\|(.*)$/.exec(line)?.slice(1, 3) ?? []);
  const pairs = [];
  for (let i = 0; i < lines.length; i += 2) pairs.push(`${lines[i]}|訳 ${lines[i + 1]}`);
  return pairs.length ? JSON.stringify({ lines: pairs }) : 'A lantern over the harbour gutters.';
}

/**
 * A provider with OpenAI's protocol on loopback. It enforces limits per minute over a sliding window, and answers 429 with
 * the headers that OpenAI documents. A request's tokens are those of the reply's usage, counted when the request arrives.
 * @param {{ requests: number, tokens: number, windowMs: number, latencyMs: number }} limits per minute; scaled for a window
 *   of another length
 */
export async function limitedUpstream({ requests, tokens, windowMs, latencyMs }) {
  const share = windowMs / 60_000;
  const windows = {
    requests: new SlidingWindow(requests * share, windowMs),
    tokens: new SlidingWindow(tokens * share, windowMs),
  };
  /** Each request: its time, tokens, and whether it was answered. */
  const log = [];

  const headersAt = (now) => {
    const headers = {};
    for (const [name, window] of Object.entries(windows)) {
      const used = window.used(now);
      headers[`x-ratelimit-limit-${name}`] = String(Math.round(window.limit / share));
      headers[`x-ratelimit-remaining-${name}`] = String(Math.floor((window.limit - used) / share));
      headers[`x-ratelimit-reset-${name}`] = `${((windowMs / 1000) * (used / window.limit)).toFixed(3)}s`;
    }
    return headers;
  };

  async function answer(request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const raw = Buffer.concat(parts).toString('utf8');
    const { messages, model } = JSON.parse(raw);
    const content = replyTo(messages.at(-1).content);
    const usage = {
      prompt_tokens: Math.ceil(raw.length / 4),
      completion_tokens: Math.ceil(Buffer.byteLength(content) / 4),
    };
    usage.total_tokens = usage.prompt_tokens + usage.completion_tokens;
    const now = performance.now();
    const wait = Math.max(windows.requests.waitFor(1, now), windows.tokens.waitFor(usage.total_tokens, now));
    log.push({ at: now, tokens: usage.total_tokens, answered: wait === 0 });
    const type = { 'content-type': 'application/json' };
    if (wait > 0) {
      const retry = {
        'retry-after-ms': String(Math.ceil(wait)),
        'retry-after': String(Math.ceil(wait / 1000)),
      };
      response.writeHead(429, { ...type, ...headersAt(now), ...retry });
      response.end(
        JSON.stringify({
          error: { message: 'Rate limit reached', type: 'requests', code: 'rate_limit_exceeded' },
        }),
      );
      return;
    }
    windows.requests.add(1, now);
    windows.tokens.add(usage.total_tokens, now);
    await sleep(latencyMs);
    response.writeHead(200, { ...type, ...headersAt(performance.now()) });
    const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }];
    response.end(JSON.stringify({ id: 'x', object: 'chat.completion', created: 1, model, choices, usage }));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    log,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
