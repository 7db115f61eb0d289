import type { ErrorInfo } from '../../../../contract/errors.ts';
import type { Target } from '../../../state/target.ts';

/**
 * The target that replaces a retired model: the module's replacement preset if there is one, else the
 * vendor's successor at the same provider.
 * @param provider the provider for which the call was planned
 */
export function successorOf(
  { code, details }: ErrorInfo,
  target: Target,
  provider: string | null,
): { target: Target; name: string } | null {
  if (code !== 'model_retired') return null;
  const { successor_preset: preset, successor: model } = details ?? {};
  if (typeof preset === 'string' && target.module !== null) {
    const name = typeof model === 'string' ? model : preset;
    return { target: { ...target, provider: null, model: null, preset }, name };
  }
  if (typeof model !== 'string' || provider === null) return null;
  return { target: { ...target, provider, model, preset: null }, name: model };
}
