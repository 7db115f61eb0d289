import { expect, it } from 'vitest';
import { adapterNames } from '../../contract/provider.ts';
import { adapterFor } from './index.ts';

it('has a wire for every adapter name a registry may use, and the two doors of a wire lead to the same one', () => {
  expect(adapterNames.map((name) => adapterFor(name).wire)).not.toContain(undefined);
  expect(adapterFor('openai')).toBe(adapterFor('openai_compat'));
  expect(adapterFor('anthropic')).toBe(adapterFor('anthropic_compat'));
});
