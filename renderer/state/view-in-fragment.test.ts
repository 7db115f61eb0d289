import { expect, test } from 'vitest';
import { addressIn, fragmentOf } from './view-in-fragment.ts';

test('an unknown or missing view opens the Bench', () => {
  for (const fragment of ['', '#/gone', '#/gone/deep', '#token=abc'])
    expect(addressIn(fragment)).toEqual({ view: 'bench', path: [] });
  expect(addressIn('#/providers').view).toBe('providers');
});

test('a model id with a slash, a space or a percent sign survives the address', () => {
  const address = { view: 'modules', path: ['translate', 'meta/llama 3', '100%'] } as const;
  expect(addressIn(`#${fragmentOf(address)}`)).toEqual(address);
});

test('a fragment with an incomplete escape still opens its view', () => {
  expect(addressIn('#/history/%E3%8').view).toBe('history');
});
