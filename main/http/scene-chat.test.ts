import { describe, expect, it } from 'vitest';
import { chatOptions } from '../core/__fixtures__/chat-core.ts';
import { startProvider } from '../core/__fixtures__/provider-upstream.ts';
import { protocols } from '../core/__fixtures__/protocols.ts';
import { testServer } from './__fixtures__/test-server.ts';
import { vendorReply } from './protocols/__fixtures__/vendor-reply.ts';

const scene = {
  scene_id: 'harbor_night',
  message: 'Will the boat hold?',
  history: [
    { role: 'user', content: 'You came after all.' },
    { role: 'assistant', content: 'I said I would.' },
  ],
  role: 'Captain Ito',
  pov: 'Mika',
  context: [{ speaker: 'narrator', text: 'Rain on the northern docks.' }],
};
const chat = (body: object) => ({ method: 'POST', path: '/api/llm/chat', body });

describe("ComfyVN's own chat body", () => {
  it('renders the pack vn_chat, and is answered as a chat', async () => {
    const upstream = await startProvider(vendorReply(protocols.ollama, 'It will.'));
    const { send } = await testServer(chatOptions(upstream.url));
    const target = { provider: protocols.ollama.provider, model: protocols.ollama.model };
    const reply = await send(chat({ ...scene, ...target }));
    expect(reply.json()).toMatchObject({ ok: true, reply: 'It will.', module: 'vn_chat' });
    const sent = upstream.exchanges[0]?.json()['messages'] as { role: string; content: string }[];
    expect(sent.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(sent.at(-1)?.content).toContain('Will the boat hold?');
    for (const word of ['Mika', 'Captain Ito', 'Rain on the northern docks.'])
      expect(JSON.stringify(sent)).toContain(word);
  });

  it('needs only its message', async () => {
    const { send } = await testServer();
    const reply = await send(chat({ message: 'Hello?', provider: 'stub' }));
    expect([reply.status, reply.json()['module']]).toEqual([200, 'vn_chat']);
    expect(reply.json()['reply']).toContain('Hello?');
  });

  it.each(['The rain has stopped.', ['The rain has stopped.'], [{ text: 'The rain has stopped.' }]])(
    'accepts its context as %j',
    async (context) => {
      const { send } = await testServer();
      const reply = await send(chat({ ...scene, context, dry_run: true, provider: 'stub' }));
      expect(reply.status).toBe(200);
      expect(JSON.stringify(reply.json()['plan'])).toContain('The rain has stopped.');
    },
  );

  it('streams on request', async () => {
    const { send } = await testServer();
    const reply = await send(chat({ ...scene, stream: true, provider: 'stub' }));
    expect(reply.headers['content-type']).toContain('text/event-stream');
    expect(reply.text).toMatch(/event: start[^]*event: done/);
  });

  it('of the Narrator, with a mode, renders the pack narrator', async () => {
    const { send } = await testServer();
    const body = { ...scene, history: undefined, role: 'Narrator', mode: 'propose', dry_run: true };
    const reply = await send(chat({ ...body, provider: 'stub' }));
    expect([reply.status, reply.json()['module']]).toEqual([200, 'narrator']);
    expect(JSON.stringify(reply.json()['plan'])).toContain('Will the boat hold?');
    const without = await send(chat({ ...scene, role: 'Narrator', dry_run: true, provider: 'stub' }));
    expect(without.json()['module']).toBe('vn_chat');
  });

  it('gives an error that names an invalid field', async () => {
    const { send } = await testServer();
    const wrong = await send(chat({ ...scene, history: 'none', provider: 'stub' }));
    expect([wrong.status, wrong.json()['code']]).toEqual([422, 'pack_variables_invalid']);
    expect(wrong.json()['message']).toContain('history');
    const typo = await send(chat({ ...scene, temprature: 1, provider: 'stub' }));
    expect([typo.status, typo.json()['message']]).toEqual([400, expect.stringContaining('"temperature"')]);
    const both = await send(chat({ ...scene, messages: [{ role: 'user', content: 'hi' }] }));
    expect(both.status).toBe(400);
  });
});
