import { expect, test } from 'vitest';
import { undoneRegistration } from './undone-registration.ts';

test('undoing a removal does not register a masked secret as the key', () => {
  const adapter = { adapter_id: 'a', provider: 'p', label: 'L', modes: ['chat'] };
  const metadata = {
    base_url: 'http://x',
    api_key: '…a1b2',
    headers: { 'x-api-key': '…c3d4', 'x-title': 'T' },
  };
  expect(undoneRegistration({ ...adapter, metadata })).toEqual({
    registration: {
      id: 'a',
      provider: 'p',
      label: 'L',
      modes: ['chat'],
      metadata: { base_url: 'http://x', headers: { 'x-title': 'T' } },
    },
    keyLost: true,
  });
  expect(undoneRegistration({ ...adapter, metadata: {} }).keyLost).toBe(false);
});
