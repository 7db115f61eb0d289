import { describe, expect, test } from 'vitest';
import { testCore } from '../core/__fixtures__/test-core.ts';
import { openAiChunk, openAiStream, sse, startUpstream } from '../core/__fixtures__/upstream.ts';
import { fakeIpc, panelFrame } from './__fixtures__/fake-ipc.ts';

const messages = [{ role: 'user', content: 'hi' }];
const chat = { provider: 'lmstudio_local', messages, retries: 0 };

async function windowOn(upstreamUrl: string) {
  const made = testCore({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstreamUrl } });
  return { ...made, ...fakeIpc(made.core) };
}

describe('a sender other than the panel is refused, with no effect', () => {
  const strangers = [
    null,
    { url: 'https://evil.example/', parent: null },
    { url: 'file:///index.html', parent: null },
    { url: 'about:blank', parent: null },
    { url: '', parent: null },
    { url: 'app://panel.evil.example/', parent: null },
    { url: 'app://other/index.html', parent: null },
    { url: 'app://panel:99/', parent: null },
    { url: 'http://app//panel/', parent: null },
    { url: 'data:text/html,app://panel/', parent: null },
    { url: 'app://panel/index.html', parent: { url: 'https://evil.example/' } },
    { url: 'app://panel/index.html', parent: { url: 'app://panel/' } },
  ];
  for (const frame of strangers) {
    test(`${frame?.url ?? 'no frame'}${frame?.parent ? ' in a frame' : ''}`, async () => {
      const upstream = await startUpstream();
      const { openWindow, ask } = await windowOn(upstream.url);
      const window = openWindow();
      for (const [operation, input] of [
        ['chat.send', chat],
        ['chat.stream', chat],
        ['settings.update', { theme: 'dark' }],
        ['registry.get', {}],
      ] as const) {
        const envelope = await window.request(operation, input, 'c1', frame);
        expect(envelope).toEqual({
          ok: false,
          error: { code: 'forbidden_origin', message: expect.any(String), request_id: expect.any(String) },
        });
      }
      expect([window.events, upstream.connections, (await ask('settings.get')).theme]).toEqual([
        [],
        0,
        'system',
      ]);
    });
  }

  test('a call without an operation or with an invalid id is refused', async () => {
    const { openWindow } = await windowOn('http://127.0.0.1:9');
    const window = openWindow();
    for (const [operation, callId] of [
      [undefined, 'c1'],
      [{ toString: 'x' }, 'c1'],
      ['settings.get', ''],
      ['settings.get', 'a b'],
      ['settings.get', 5],
      ['settings.get', 'x'.repeat(65)],
    ])
      expect(await window.request(operation, {}, callId ?? null)).toMatchObject({ ok: false });
  });
});

describe('cancelling', () => {
  test('closes the provider’s connection and answers at once', async () => {
    const upstream = await startUpstream({ fault: 'hang' });
    const { openWindow } = await windowOn(upstream.url);
    const window = openWindow();
    const pending = window.request('chat.send', chat, 'mine');
    const seen = await upstream.request(0);
    window.cancel('mine');
    expect(await pending).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(await seen.ended).toBe(false);
  });

  test('has no effect from a foreign frame, from another window, or for an unknown call', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const upstream = await startUpstream({
      chunks: [openAiChunk({ content: 'a' }), gate, openAiChunk({ content: 'b' }, 'stop'), sse('[DONE]')],
    });
    const { openWindow } = await windowOn(upstream.url);
    const [window, other] = [openWindow(), openWindow()];
    const pending = window.request('chat.stream', chat, 'mine');
    await upstream.request(0);
    window.cancel('mine', { ...panelFrame, parent: {} });
    window.cancel('mine', { url: 'https://evil.example/', parent: null });
    window.cancel('mine', null);
    window.cancel('another');
    window.cancel(undefined);
    other.cancel('mine');
    release();
    expect(await pending).toMatchObject({ ok: true, data: { reply: 'ab' } });
  });

  for (const how of ['destroyed', 'did-navigate', 'render-process-gone'] as const) {
    test(`a closed page (${how}) ends its own calls, and no others`, async () => {
      const upstream = await startUpstream({ fault: 'hang' }, openAiStream('still here'));
      const { openWindow } = await windowOn(upstream.url);
      const [window, other] = [openWindow(), openWindow()];
      const pending = window.request('chat.stream', chat, 'mine');
      const seen = await upstream.request(0);
      const others = other.request('chat.stream', chat, 'mine');
      window.end(how);
      expect(await pending).toMatchObject({ ok: false, error: { code: 'cancelled' } });
      expect(await seen.ended).toBe(false);
      expect(await others).toMatchObject({ ok: true, data: { reply: 'still here' } });
      expect(other.events.length).toBeGreaterThan(0);
    });
  }
});

test('a stream’s parts go only to the window that requested it, with its call’s id', async () => {
  const upstream = await startUpstream(openAiStream('Hel', 'lo'));
  const { openWindow } = await windowOn(upstream.url);
  const [window, other] = [openWindow(), openWindow()];
  const envelope = await window.request('chat.stream', chat, 'stream-7');
  expect(envelope).toMatchObject({ ok: true, data: { reply: 'Hello' } });
  const events = window.events.map((e) => (e.type === 'stream' ? [e.call_id, e.event.event] : [e.type]));
  expect(events).toEqual([
    ['stream-7', 'start'],
    ['stream-7', 'delta'],
    ['stream-7', 'delta'],
    ['stream-7', 'usage'],
  ]);
  expect(other.events).toEqual([]);
});
