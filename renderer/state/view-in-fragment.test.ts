import { expect, test } from 'vitest';
import { addressIn, fragmentOf } from './view-in-fragment.ts';

test('an address with an unknown or no place opens the Bench', () => {
  for (const fragment of ['', '#/gone', '#/gone/deep', '#token=abc'])
    expect(addressIn(fragment)).toEqual({ view: 'bench', path: [] });
  expect(addressIn('#/providers').view).toBe('providers');
});

test('a model id with a slash, a space or a percent sign comes back from the address as it went in', () => {
  const address = { view: 'modules', path: ['translate', 'meta/llama 3', '100%'] } as const;
  expect(addressIn(`#${fragmentOf(address)}`)).toEqual(address);
});

test('a fragment that was cut in the middle of an escape still opens its place', () => {
  expect(addressIn('#/history/%E3%8').view).toBe('history');
});
