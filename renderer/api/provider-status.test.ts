import { expect, test } from 'vitest';
import type { Diagnostics, ProviderView } from '../../contract/provider.ts';
import { adapterHasKey, keyVariable, narrowestFlag, providerStatusOf } from './provider-status.ts';

const provider = (enabled: boolean, required: boolean, present: boolean) =>
  ({ enabled, credentials: { required, present, source: null } }) as ProviderView;
const health = (status: Diagnostics['status']): Diagnostics => ({
  status,
  latency_ms: null,
  checked_at: '',
  message: '',
});

test('a provider that is off asks for its flag first, not for a key', () => {
  expect(providerStatusOf(provider(false, true, false))).toBe('off');
  expect(providerStatusOf(provider(true, true, false))).toBe('needs_key');
});

test('a refused key removes a provider from Ready, a skipped check does not', () => {
  expect(providerStatusOf(provider(true, true, true), health('unauthorized'))).toBe('key_refused');
  expect(providerStatusOf(provider(true, true, true), health('ok'))).toBe('ready');
  expect(providerStatusOf(provider(true, true, true), health('missing_key'))).toBe('ready');
  expect(providerStatusOf(provider(true, false, false))).toBe('ready');
});

test('a server that answers is not unreachable: without a key it needs one, and another failure is an error', () => {
  expect(providerStatusOf(provider(true, false, false), health('unauthorized'))).toBe('needs_key');
  expect(providerStatusOf(provider(true, false, false), health('error'))).toBe('error');
  expect(providerStatusOf(provider(true, false, false), health('unreachable'))).toBe('unreachable');
});

test('an adapter has a key if it was given one, or if its provider has one', () => {
  const parents = [{ ...provider(true, true, true), name: 'keyed' }] as ProviderView[];
  expect(adapterHasKey({ provider: 'keyed', metadata: {} }, parents)).toBe(true);
  expect(adapterHasKey({ provider: 'bare', metadata: {} }, parents)).toBe(false);
  expect(adapterHasKey({ provider: 'bare', metadata: { api_key: '…last' } }, parents)).toBe(true);
});

test('turning one provider on leaves the others as they are', () => {
  expect(
    narrowestFlag({ flags: ['enable_public_llm', 'enable_llm_openai_public', 'enable_llm_openai'] }),
  ).toBe('enable_llm_openai_public');
  expect(narrowestFlag({ flags: ['enable_public_llm'] })).toBe('enable_public_llm');
  expect(narrowestFlag({ flags: [] })).toBeNull();
});

test('the variable shown is the one that the server reads', () => {
  expect(keyVariable('openai_public')).toBe('COMFYVN_LLM_OPENAI_PUBLIC_API_KEY');
  expect(keyVariable('my-box.2')).toBe('COMFYVN_LLM_MY_BOX_2_API_KEY');
});
