import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ollama } from 'ollama';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { psBody, showBody, shownModel, tagsBody, versionBody } from './model-bodies.ts';

const model = {
  id: 'openai_public/gpt-5',
  label: 'GPT-5',
  provider: 'openai_public',
  context: 400_000,
  capabilities: ['tools', 'vision'],
};
let shown = '';

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const text = Buffer.concat(chunks).toString();
    const bodies: Record<string, () => unknown> = {
      '/api/tags': () => tagsBody([model, { id: 'module:vn_chat' }]),
      '/api/ps': () => psBody([{ ...model, expiresAt: '2026-01-02T00:05:00Z' }]),
      '/api/version': versionBody,
      '/api/show': () => ((shown = shownModel(JSON.parse(text))), showBody(model)),
    };
    response.end(JSON.stringify(bodies[request.url ?? '']?.()));
  });
});
let client: Ollama;
beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  client = new Ollama({ host: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
afterAll(() => void server.close());

it('the official client lists models by the ids that a request names', async () => {
  const { models } = await client.list();
  expect(models.map(({ name }) => name)).toEqual(['openai_public/gpt-5', 'module:vn_chat']);
  expect(models[0]?.details.family).toBe('openai_public');
});

it('a model shows its context window and capabilities', async () => {
  const reply = await client.show({ model: model.id });
  expect(shown).toBe(model.id);
  expect(reply.capabilities).toEqual(['completion', 'tools', 'vision']);
  expect(reply.model_info).toMatchObject({
    'general.architecture': 'openai_public',
    'general.basename': 'GPT-5',
    'openai_public.context_length': 400_000,
  });
});

it('the version is one that clients accept, and loaded models have an expiry', async () => {
  const { version } = await client.version();
  const [major = 0, minor = 0] = version.split('.').map(Number);
  expect(major * 1000 + minor).toBeGreaterThanOrEqual(7);
  const { models } = await client.ps();
  expect(models[0]).toMatchObject({ name: model.id, expires_at: '2026-01-02T00:05:00Z' });
});

it('a model can also be shown by the older field name', () => {
  expect([shownModel({ name: 'a' }), shownModel({ model: 'b', name: 'a' }), shownModel(null)]).toEqual([
    'a',
    'b',
    '',
  ]);
});
