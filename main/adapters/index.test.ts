import { expect, it } from 'vitest';
import { adapterNames } from '../../contract/provider.ts';
import { adapterFor } from './index.ts';

it('every adapter name of the registry has an adapter, and a vendor and its compatible form share one', () => {
  expect(adapterNames.map((name) => adapterFor(name).protocol)).not.toContain(undefined);
  expect(adapterFor('openai')).toBe(adapterFor('openai_compat'));
  expect(adapterFor('anthropic')).toBe(adapterFor('anthropic_compat'));
});
