import { expect, test } from 'vitest';
import { callQuery, type CallQuery } from '../../../contract/call-log.ts';
import { call, onBothDatabases, testCallLog, testClock, testDatabase } from './__fixtures__/test-calls.ts';

const query = (overrides: Partial<CallQuery> = {}) => callQuery.parse(overrides);

onBothDatabases('the call log', (newLocation) => {
  async function open() {
    const clock = testClock();
    const database = testDatabase(await newLocation(), clock);
    return { clock, database, log: testCallLog(database, clock) };
  }

  test('a call is read back exactly as it was written, with nulls, counts and unrounded costs', async () => {
    const { clock, log } = await open();
    const attempts = [
      {
        n: 1,
        provider: 'openai_public',
        model: 'gpt-4o-mini',
        reason: 'first' as const,
        status: 500,
        code: 'provider_error',
        ms: 3,
      },
      {
        n: 2,
        provider: 'openai_public',
        model: 'gpt-4o-mini',
        reason: 'retry' as const,
        status: 200,
        code: null,
        ms: 5,
      },
    ];
    const usage = {
      prompt_tokens: 11,
      completion_tokens: 5,
      total_tokens: 19,
      cached_tokens: 8,
      reasoning_tokens: 3,
      estimated: true,
    };
    const bodies = {
      id: '',
      messages: '[{"role":"user","content":"雨はまだやまない。"}]',
      reply: 'The rain…',
      cut: 0 as const,
      request: '{"module":"translate","stream":true}',
    };
    const cost = { total: 0.1 + 0.2, currency: 'USD' as const, source: 'provider' as const, estimated: true };
    const entry = call(
      clock,
      { attempts, usage, cost, stream: true, firstTokenMs: 12.5, preset: null, requestId: 'scene-7' },
      bodies,
    );
    log.add(entry);
    const found = await log.get(entry.row.id);
    expect(found).toEqual({
      id: entry.row.id,
      at: '2026-11-22T10:00:00.000Z',
      request_id: 'scene-7',
      kind: 'chat',
      door: 'http',
      machine: 'desk',
      module: 'translate',
      preset: null,
      provider: 'openai_public',
      model: 'gpt-4o-mini',
      mode: 'live',
      stream: true,
      ok: true,
      status: 200,
      code: null,
      upstream_status: 200,
      message: null,
      attempts: 2,
      usage,
      cost,
      timing: { total_ms: 120, upstream_ms: 118, first_token_ms: 12.5 },
      sha256: 'ab'.repeat(32),
      bytes: 321,
      steps: attempts,
      bodies: { messages: bodies.messages, reply: 'The rain…', cut: false },
      request: {
        module: 'translate',
        stream: true,
        messages: [{ role: 'user', content: '雨はまだやまない。' }],
      },
    });
  });

  test('pages list each call once, also where many share a millisecond', async () => {
    const { clock, log } = await open();
    const ids = Array.from({ length: 250 }, (_, i) => {
      if (i % 50 === 0) clock.advance(1);
      const entry = call(clock);
      log.add(entry);
      return entry.row.id;
    });
    const seen: string[] = [];
    for (let before: string | undefined; ;) {
      const page = await log.list(query({ limit: 60, ...(before ? { before } : {}) }));
      seen.push(...page.calls.map((c) => c.id));
      if (!page.next) break;
      before = page.next;
    }
    expect(seen).toEqual(ids.reverse());
  });

  test('filters narrow the list, alone and combined', async () => {
    const { clock, log } = await open();
    const failed = {
      code: 'provider_error',
      status: 502,
      message: 'openai_public (HTTP 500): Overloaded 100%_!',
    };
    const entries = {
      plain: call(clock),
      failed: call(clock, failed),
      dry: call(clock, { mode: 'dry', cost: null, usage: null }),
      other: call(clock, {
        provider: 'stub',
        model: 'stub',
        module: null,
        mode: 'mock',
        requestId: 'Scene-9',
      }),
    };
    clock.advance(24 * 3600_000);
    const tomorrow = call(clock, { module: 'narrator' });
    for (const entry of [...Object.values(entries), tomorrow]) log.add(entry);
    const names = new Map(
      Object.entries({ ...entries, tomorrow }).map(([name, entry]) => [entry.row.id, name]),
    );
    const list = async (overrides: Partial<CallQuery>) =>
      (await log.list(query(overrides))).calls.map((c) => names.get(c.id));
    expect(await list({})).toEqual(['tomorrow', 'other', 'dry', 'failed', 'plain']);
    expect(await list({ provider: 'stub' })).toEqual(['other']);
    expect(await list({ model: 'gpt-4o-mini', module: 'translate' })).toEqual(['dry', 'failed', 'plain']);
    expect(await list({ module: 'narrator' })).toEqual(['tomorrow']);
    expect(await list({ status: 502 })).toEqual(['failed']);
    expect(await list({ mode: 'dry' })).toEqual(['dry']);
    expect(await list({ ok: false })).toEqual(['failed']);
    expect(await list({ ok: true, provider: 'openai_public', mode: 'live' })).toEqual(['tomorrow', 'plain']);
    expect(await list({ day: '2026-11-22', provider: 'openai_public' })).toEqual(['dry', 'failed', 'plain']);
    expect(await list({ day: '2026-11-23' })).toEqual(['tomorrow']);
    expect(await list({ text: 'SCENE-9' })).toEqual(['other']);
    expect(await list({ text: '100%_!' })).toEqual(['failed']);
    expect(await list({ text: '100_%' })).toEqual([]);
    expect(await list({ text: 'overloaded', provider: 'stub' })).toEqual([]);
  });

  test('spend leaves out dry runs, and covers every provider and day', async () => {
    const { clock, log } = await open();
    log.add(call(clock, { totalMs: 100 }));
    log.add(call(clock, { totalMs: 300, firstTokenMs: 40 }));
    log.add(call(clock, { totalMs: 9, code: 'provider_error', status: 502, cost: null }));
    log.add(call(clock, { mode: 'dry', cost: null }));
    log.add(call(clock, { mode: 'mock', provider: 'stub' }));
    clock.advance(24 * 3600_000);
    log.add(
      call(clock, {
        provider: 'anthropic_public',
        totalMs: 50,
        cost: { total: 0.5, currency: 'USD', source: 'provider' },
      }),
    );
    const spend = await log.spend(2);
    expect(spend).toMatchObject({ from: '2026-11-22', to: '2026-11-23' });
    expect(spend.total_usd).toBeCloseTo(0.502, 9);
    expect(spend.days).toEqual([
      { day: '2026-11-22', provider: 'openai_public', usd: 0.002, calls: 3, failed: 1 },
      { day: '2026-11-23', provider: 'anthropic_public', usd: 0.5, calls: 1, failed: 0 },
    ]);
    expect(spend.providers).toEqual([
      {
        provider: 'anthropic_public',
        usd: 0.5,
        calls: 1,
        failed: 0,
        median_ms: 50,
        median_first_token_ms: null,
      },
      {
        provider: 'openai_public',
        usd: 0.002,
        calls: 3,
        failed: 1,
        median_ms: 200,
        median_first_token_ms: 40,
      },
    ]);
    expect((await log.spend(1)).days.map((d) => d.provider)).toEqual(['anthropic_public']);
  });
});
