import { expect, it } from 'vitest';
import { azureOpenAi } from './adapter.ts';

const chat = { messages: [{ role: 'developer' as const, content: 'Hi' }], params: {}, stream: false };

function roleFor(api_version: string): unknown {
  const target = { provider: 'azure_openai', model: 'gpt-4o', settings: { api_version } };
  const { body, rewritten } = azureOpenAi.toRequest(chat, target);
  return [(body.messages as { role: string }[])[0]?.role, rewritten.length];
}

it('changes a role unknown to an API version into system, and reports it', () => {
  expect(roleFor('2024-10-21')).toEqual(['system', 1]);
  expect(roleFor('2025-01-01-preview')).toEqual(['developer', 0]);
});

it('treats an undated version as a newer one', () => {
  expect(roleFor('preview')).toEqual(['developer', 0]);
});

it('does not find a deployment mapping in an object’s built-in properties', () => {
  const settings = { deployments: {}, api_version: '2024-10-21' };
  const target = { provider: 'azure_openai', model: 'constructor', settings };
  expect(azureOpenAi.toRequest(chat, target).path).toBe('/openai/deployments/constructor/chat/completions');
  const current = { ...target, settings: { deployments: {} } };
  expect(azureOpenAi.toRequest(chat, current)).toMatchObject({
    path: '/openai/v1/chat/completions',
    query: {},
    body: { model: 'constructor' },
  });
});
