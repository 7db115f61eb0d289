import { expect, test } from 'vitest';
import { chatCore } from '../__fixtures__/chat-core.ts';
import { whole } from '../__fixtures__/provider-replies.ts';
import { startProvider } from '../__fixtures__/provider-upstream.ts';

const list = whole({ data: [{ id: 'house-model' }] });

test('checking one provider contacts no other', async () => {
  const upstream = await startProvider(list);
  const { ask } = chatCore(upstream.url);
  const { name, diagnostics } = await ask('providers.check', { name: 'lmstudio_local' });
  expect(name).toBe('lmstudio_local');
  expect(diagnostics).toMatchObject({ status: 'ok', models_found: 1 });
  expect(upstream.exchanges.map(({ path }) => path)).toEqual(['/v1/models']);
});

test('a runtime adapter is checked at its own address, with its own key', async () => {
  const upstream = await startProvider(list);
  const own = await startProvider(list);
  const { ask } = chatCore(upstream.url);
  const metadata = { base_url: `${own.url}/v1`, api_key: 'runtime-own-key-123456' };
  await ask('runtime.register', { id: 'my-box', provider: 'lmstudio_local', metadata });
  const { diagnostics } = await ask('providers.check', { name: 'my-box' });
  expect(diagnostics.status).toBe('ok');
  expect(own.exchanges.map((e) => e.headers.authorization)).toEqual(['Bearer runtime-own-key-123456']);
  expect(upstream.exchanges).toEqual([]);
});

test('an unknown name is refused with the list of names', async () => {
  const { refusal } = chatCore('http://127.0.0.1:9');
  const { code, details } = await refusal('providers.check', { name: 'lmstudo_local' });
  expect(code).toBe('unknown_provider');
  expect(details?.['known']).toContain('lmstudio_local');
});
