import { projectRoot } from './processes.mjs';
import { sourceLoader } from './load-source.mjs';

const silent = { info() {}, warn: console.warn, error: console.error, debug() {}, child: () => silent };
const day = 86_400_000;
const targets = [
  ['openai_public', 'gpt-4o-mini', 'price_table'],
  ['anthropic_public', 'claude-haiku-4-5-20251001', 'price_table'],
  ['google_gemini', 'gemini-3.5-flash-lite', 'price_table'],
  ['openrouter', 'meta-llama/llama-3.3-70b-instruct', 'provider'],
  ['lmstudio_local', 'mistral-nemo-instruct-2407', 'free'],
  ['ollama_default', 'mistral:latest', 'free'],
  ['stub', 'stub', 'free'],
];
const modules = ['translate', 'vn_chat', 'narrator', 'worldbuild', 'battle_narration', null];
const failures = [
  [429, 'provider_rate_limited', 502, 'Rate limit reached for requests. Please try again in 20s.'],
  [400, 'provider_rejected', 502, 'This model’s maximum context length is 16385 tokens.'],
  [401, 'provider_unauthorized', 502, 'Incorrect API key provided.'],
  [null, 'provider_timeout', 504, 'No answer within 60 s.'],
];

/** Calls of all kinds: about 1 in 7 is a dry run, 1 in 11 fails, 1 in 3 is a stream. */
function callNo(i, key, at) {
  const [provider, model, source] = targets[i % targets.length];
  const stub = provider === 'stub';
  const mode = stub ? 'mock' : i % 7 === 3 ? 'dry' : 'live';
  const failure = mode === 'live' && i % 11 === 5 ? failures[i % failures.length] : undefined;
  const answered = mode !== 'dry' && !failure;
  const ms = stub ? 1 + (i % 3) : 300 + ((i * 7919) % 4200);
  const stream = i % 3 === 0;
  const [status, code, ours, words] = failure ?? [200, null, 200, null];
  const attempt = {
    n: 1,
    provider,
    model,
    reason: 'first',
    status,
    code,
    ms,
    ...(words && { message: words }),
  };
  const [prompt_tokens, completion_tokens] = [200 + ((i * 31) % 3000), 20 + ((i * 17) % 700)];
  const total =
    source === 'free' ? 0 : ((prompt_tokens * 0.15 + completion_tokens * 0.6) / 1e6) * (1 + (i % 20));
  return {
    id: key,
    at,
    requestId: `scene-${String(i).padStart(5, '0')}`,
    kind: i % 97 === 0 ? 'test_call' : 'chat',
    door: i % 4 === 0 ? 'ipc' : 'http',
    machine: 'desk',
    module: modules[(i * 5) % modules.length],
    preset: null,
    provider,
    model,
    mode,
    stream,
    status: ours,
    code,
    message: words && `${provider} (HTTP ${status}): ${words}`,
    attempts: mode === 'dry' ? [] : [attempt],
    usage: answered
      ? { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens }
      : null,
    cost: answered ? { total, currency: 'USD', source } : null,
    totalMs: mode === 'dry' ? 2.1 : ms + 3.4,
    upstreamMs: mode === 'dry' ? null : ms,
    firstTokenMs: answered && stream ? Math.round(ms * 0.3) : null,
    // A plan and the call after it have the same bytes.
    sha256: String(i >> 1).padStart(64, 'a'),
    bytes: 900 + (i % 4000),
    input: '',
  };
}

/**
 * Fills the call log of a runtime root with calls of the last days. The newest one is a minute old.
 * @param {string} root @param {number} count
 */
export async function plantCalls(root, count) {
  const { load, close } = await sourceLoader();
  const { Redactor } = await load('lib/redact.ts');
  const { openCallStorage } = await load('app/call-storage.ts');
  const { CallKeys } = await load('calls/call-key.ts');
  const { rowOf } = await load('calls/call-row.ts');
  const storage = openCallStorage({
    env: {},
    paths: { appRoot: projectRoot, runtimeRoot: root },
    log: silent,
    redactor: new Redactor(),
    settings: { get: () => ({ record_bodies: false, daily_budget_usd: 2, call_budget_usd: 0.25 }) },
    now: Date.now,
    onWritten() {},
    onWarning: () => console.error(storage.warnings().join('\n')),
  });
  const keys = new CallKeys();
  const step = Math.min((10 * day) / count, 90_000);
  const first = Date.now() - 60_000 - step * count;
  for (let i = 0; i < count; i++) {
    const at = Math.round(first + i * step);
    storage.calls.add({ row: rowOf(callNo(i, keys.next(at), at), (text) => text), bodies: null });
    if (i % 500 === 499) await storage.calls.flush();
  }
  await storage.close();
  await close();
}
