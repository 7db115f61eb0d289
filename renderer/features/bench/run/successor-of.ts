import type { ErrorInfo } from '../../../../contract/errors.ts';
import type { Target } from '../../../state/target.ts';

/**
 * The target that stands in for a retired model: the module's own replacement preset where there is one, else the
 * model that the vendor names, at the same provider. `provider` is the one that the call was planned for.
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
