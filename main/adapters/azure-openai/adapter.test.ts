import { expect, it } from 'vitest';
import { azureOpenAi } from './adapter.ts';

const chat = { messages: [{ role: 'developer' as const, content: 'Hi' }], params: {}, stream: false };

function roleFor(api_version: string): unknown {
  const target = { provider: 'azure_openai', model: 'gpt-4o', settings: { api_version } };
  const { body, rewritten } = azureOpenAi.toRequest(chat, target);
  return [(body.messages as { role: string }[])[0]?.role, rewritten.length];
}

it('turns a role that a version does not know into system, in the open', () => {
  expect(roleFor('2024-10-21')).toEqual(['system', 1]);
  expect(roleFor('2025-01-01-preview')).toEqual(['developer', 0]);
});

it('takes a version that is no date for a newer one, instead of sending an old request', () => {
  expect(roleFor('preview')).toEqual(['developer', 0]);
});

it('does not take a name that every object has for a mapped deployment', () => {
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
