import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { testServer, type TestServer } from './__fixtures__/test-server.ts';

async function openEvents({ port, panelToken }: TestServer) {
  const call = request({
    host: '127.0.0.1',
    port,
    path: '/rpc/events',
    headers: { authorization: `Bearer ${panelToken}` },
    agent: false,
  });
  onTestFinished(() => void call.destroy());
  call.end();
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  let text = '';
  response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  const until = async (part: string) => {
    while (!text.includes(part)) await once(response, 'data');
    return text;
  };
  return { response, until };
}

test('a command notifies browsers of the data it changes', async () => {
  const made = await testServer({ panel: true });
  const { response, until } = await openEvents(made);
  expect(response.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'x-request-id': expect.any(String),
  });
  await until(': open');
  await made.ask('runtime.register', { id: 'mine', provider: 'stub' });
  expect(await until('runtime.list')).toContain(
    'data: {"type":"stale","operations":["runtime.list","registry.get"]}\n\n',
  );
});

test('a query and a failed command notify nobody', async () => {
  const made = await testServer({ panel: true });
  const { until } = await openEvents(made);
  await until(': open');
  await made.ask('runtime.list');
  await made.refusal('runtime.register', { id: 'stub', provider: 'stub' });
  await made.ask('settings.update', { theme: 'dark' });
  expect((await until('settings.get')).match(/data:/g)).toHaveLength(1);
});
