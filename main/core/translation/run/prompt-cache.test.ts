import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startUpstream, type Answer, type UpstreamRequest } from '../../__fixtures__/upstream.ts';
import { claudeAnswer } from '../batches/__fixtures__/anthropic-batch-api.ts';
import { linesOf, testProject } from '../__fixtures__/game.ts';
import { lineUpstream, reply, replyText } from '../__fixtures__/line-upstream.ts';

const files = { 'a.txt': linesOf(120) };
/** Each character is at least two tokens, so the text is far above every provider's cache minimum. */
const longStyle = Array.from({ length: 3900 }, (_, i) => String.fromCodePoint(0x9f00 + (i % 160))).join('');
const claude = { provider: 'anthropic_public', model: 'claude-sonnet-4-6', concurrency: 1 };

interface Block {
  text: string;
  cache_control?: object;
}

const rates = { input: 3, output: 15, read: 0.3, write: 3.75 };

/**
 * Anthropic's cache as documented: every request before the first reply writes the marked prefix; later ones read it.
 * @param before returns what the nth reply waits for, or an answer that replaces the reply
 */
async function cachingClaude(before: (n: number) => Promise<unknown> | Answer = () => Promise.resolve()) {
  const cached = new Set<string>();
  const bill = { usd: 0, written: 0, read: 0 };
  const upstream = await startUpstream((request: UpstreamRequest, n) => {
    const first = before(n);
    if (!(first instanceof Promise)) return first;
    const body = request.json();
    const { reply } = claudeAnswer({ id: '', body }) as { reply: { usage: { output_tokens: number } } };
    const system = body['system'] as string | Block[];
    const marked = Array.isArray(system) ? system.filter((block) => block.cache_control) : [];
    const prefix = marked.map(({ text }) => text).join('');
    const tokens = prefix.length * 2;
    const hit = cached.has(prefix);
    const [written, read] = hit ? [0, tokens] : [tokens, 0];
    bill.written += written;
    bill.read += read;
    const { output_tokens: out } = reply.usage;
    bill.usd += (100 * rates.input + written * rates.write + read * rates.read + out * rates.output) / 1e6;
    const usage = {
      input_tokens: 100,
      cache_creation_input_tokens: written,
      cache_read_input_tokens: read,
      output_tokens: out,
    };
    const whole = first.then(() => {
      if (prefix) cached.add(prefix);
    });
    const headers = { 'content-type': 'application/json' };
    return { headers, chunks: [whole, JSON.stringify({ ...reply, usage })] };
  });
  return { upstream, bill };
}

test('Claude reads the constant part from the second group on, and the ledger equals its bill', async () => {
  const { upstream, bill } = await cachingClaude();
  const { core, id } = await testProject(upstream.url, files, { ...claude, style: longStyle });
  const plan = await core.ask('translate.plan', { project: id });
  const { run } = await core.ask('translate.run', { project: id, wait: true });
  expect(run).toMatchObject({ state: 'done', groups_by_state: { done: 3 } });
  expect(bill.read).toBe(2 * bill.written);
  expect(bill.written).toBeGreaterThan(0);
  expect(run?.spent_usd).toBeCloseTo(bill.usd, 9);
  expect(run?.cache).toMatchObject({
    input_tokens: 3 * 100 + bill.written + bill.read,
    cached_tokens: bill.read,
  });
  const without = (rates.input - rates.read) * bill.read - (rates.write - rates.input) * bill.written;
  expect(run?.cache?.saved_usd).toBeCloseTo(without / 1e6, 9);
  expect((await core.ask('spend.get', {})).budget.spent_today).toBeCloseTo(bill.usd, 6);
  const [sent] = upstream.requests;
  expect(hash('sha256', sent!.body, 'hex')).toBe(plan.first_groups[0]?.sha256);
  // The upper bound also covers a prompt that is written to the cache completely.
  const { bytes } = plan.first_groups[0]!;
  expect(plan.first_groups[0]?.cost?.max).toBeGreaterThan((bytes * rates.write) / 1e6);
});

test.each([
  ['a constant part below the minimum', { style: 'Plain.' }],
  ['a project with `prompt_cache: off`', { style: longStyle, prompt_cache: 'off' }],
])('%s is not marked for the cache', async (_, settings) => {
  const { upstream, bill } = await cachingClaude();
  const { core, id } = await testProject(upstream.url, files, { ...claude, ...settings });
  await core.ask('translate.run', { project: id, wait: true });
  expect(upstream.requests.map(({ body }) => body.includes('cache_control'))).toEqual([false, false, false]);
  expect(bill.written).toBe(0);
});

test('an OpenAI-compatible server gets no cache field, and a run without reported figures shows no cache', async () => {
  const upstream = await lineUpstream();
  const { core, id } = await testProject(upstream.url, files, { style: longStyle });
  const { run } = await core.ask('translate.run', { project: id, wait: true });
  expect(run?.cache).toBeNull();
  expect(upstream.requests).toHaveLength(3);
  for (const { body } of upstream.requests) expect(body.includes('prompt_cache')).toBe(false);
});

test('the likely price includes certain cache reads, the upper bound includes none', async () => {
  const { upstream } = await cachingClaude();
  const { core, id } = await testProject(upstream.url, many, { ...claude, style: longStyle });
  const { groups, cost, batch_cost } = await core.ask('translate.plan', { project: id });
  await core.ask('translate.configure', { project: id, set: { prompt_cache: 'off' } });
  const off = await core.ask('translate.plan', { project: id });
  expect(groups).toBe(10);
  const saved = off.cost!.expected - cost!.expected;
  // The first group writes the prefix and the others read it; for the lower price, all groups read it.
  const tokens =
    ((cost!.expected - cost!.min - (off.cost!.expected - off.cost!.min)) * 1e6) / (rates.write - rates.read);
  expect(tokens).toBeGreaterThan(3900);
  expect(saved * 1e6).toBeCloseTo(tokens * (9 * (rates.input - rates.read) - (rates.write - rates.input)), 3);
  // In a batch, each request may write the prefix.
  expect((batch_cost!.expected * 2 - off.cost!.expected) * 1e6).toBeCloseTo(
    tokens * 10 * (rates.write - rates.input),
    3,
  );
  expect(cost!.max!).toBeGreaterThanOrEqual(off.cost!.max!);
});

const together = { ...claude, style: longStyle, concurrency: 6 };
const many = { 'a.txt': linesOf(400) };

test('requests that run together pay for one write of their constant part', async () => {
  // The first reply waits for the sixth request. That request must not come before the reply, so the wait ends after a second.
  let onSixth: () => void = () => {};
  const sixth = new Promise<void>((resolve) => (onSixth = resolve));
  const { upstream, bill } = await cachingClaude((n) => {
    if (n === 5) onSixth();
    return n === 0 ? Promise.race([sixth, sleep(1000)]) : Promise.resolve();
  });
  const { core, id } = await testProject(upstream.url, many, together);
  const { run } = await core.ask('translate.run', { project: id, wait: true });
  expect(run).toMatchObject({ state: 'done', groups_by_state: { done: 10 } });
  expect(bill.read).toBe(9 * bill.written);
  expect(run?.spent_usd).toBeCloseTo(bill.usd, 9);
});

test('if the first request is refused, the next one writes the constant part, and the run continues', async () => {
  const overloaded = {
    status: 529,
    body: { type: 'error', error: { type: 'overloaded_error', message: 'x' } },
  };
  const { upstream, bill } = await cachingClaude((n) => (n === 0 ? overloaded : Promise.resolve()));
  const { core, id } = await testProject(upstream.url, many, together);
  const { run } = await core.ask('translate.run', { project: id, wait: true });
  expect(run).toMatchObject({ state: 'done', groups_by_state: { done: 10 } });
  expect(bill.read).toBe(9 * bill.written);
});

test('with `prompt_cache: off`, requests do not wait for the first one', async () => {
  let onSixth: () => void = () => {};
  const sixth = new Promise<void>((resolve) => (onSixth = resolve));
  const { upstream, bill } = await cachingClaude((n) => {
    if (n === 5) onSixth();
    return sixth;
  });
  const { core, id } = await testProject(upstream.url, many, { ...together, prompt_cache: 'off' });
  const { run } = await core.ask('translate.run', { project: id, wait: true });
  expect(run).toMatchObject({ state: 'done', groups_by_state: { done: 10 } });
  expect(bill.written).toBe(0);
});

test('a run’s cache share and saving, and the ledger, follow the cache figures that OpenAI reports', async () => {
  // USD per million tokens of gpt-4o-mini.
  const mini = { input: 0.15, output: 0.6, read: 0.075 };
  const bill = { usd: 0, plain: 0, prompt: 0, read: 0 };
  const upstream = await lineUpstream((lines, n) => {
    const { body } = reply(replyText(lines)) as { body: { usage: { completion_tokens: number } } };
    // The last reply reports no cache figures.
    const [prompt, cached] = [1500 + n, [0, 1024, 1280, undefined][n]];
    const { completion_tokens: out } = body.usage;
    const read = cached ?? 0;
    bill.usd += ((prompt - read) * mini.input + read * mini.read + out * mini.output) / 1e6;
    bill.plain += (prompt * mini.input + out * mini.output) / 1e6;
    if (cached !== undefined) [bill.prompt, bill.read] = [bill.prompt + prompt, bill.read + read];
    const details = cached === undefined ? {} : { prompt_tokens_details: { cached_tokens: cached } };
    const usage = { prompt_tokens: prompt, completion_tokens: out, total_tokens: prompt + out, ...details };
    return { body: { ...body, usage } };
  });
  const { core, id } = await testProject(upstream.url, { 'a.txt': linesOf(160) }, { concurrency: 1 });
  const { run } = await core.ask('translate.run', { project: id, wait: true });
  expect(run).toMatchObject({ state: 'done', groups_by_state: { done: 4 } });
  expect(run?.cache).toMatchObject({ input_tokens: bill.prompt, cached_tokens: bill.read });
  expect(run?.cache?.saved_usd).toBeCloseTo(bill.plain - bill.usd, 9);
  expect(run?.spent_usd).toBeCloseTo(bill.usd, 9);
  expect((await core.ask('spend.get', {})).budget.spent_today).toBeCloseTo(bill.usd, 6);
});
