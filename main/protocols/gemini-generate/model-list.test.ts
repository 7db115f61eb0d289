import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GoogleGenAI } from '@google/genai';
import { expect, it } from 'vitest';
import { modelsBody } from './model-list.ts';

it('Google’s client lists models by names that it can call', async () => {
  const models = [{ id: 'module:vn_chat' }, { id: 'openai_public/gpt-5', label: 'GPT-5', context: 400_000 }];
  const server = createServer((_, response) => response.end(JSON.stringify(modelsBody(models))));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new GoogleGenAI({ apiKey: 'x', httpOptions: { baseUrl } });
  const listed = [];
  for await (const model of await client.models.list()) {
    listed.push([model.name, model.displayName, model.inputTokenLimit]);
  }
  server.close();
  expect(listed).toEqual([
    ['models/module:vn_chat', 'module:vn_chat', undefined],
    ['models/openai_public/gpt-5', 'GPT-5', 400_000],
  ]);
});
