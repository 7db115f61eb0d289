import type { ProviderView } from '../../../../contract/provider.ts';
import { messages } from '../../../messages.ts';
import { KeyCard } from './key-card.tsx';

/** A provider's key, and the card to set one if the provider takes any. */
export function KeyState({ provider }: { provider: ProviderView }) {
  return provider.kind === 'stub' ? <>{messages.keys.notNeeded}</> : <KeyCard provider={provider} />;
}
