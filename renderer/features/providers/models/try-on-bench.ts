import { goTo } from '../../../state/view.ts';
import { setTarget } from '../../../state/target.ts';

/** Opens the Bench with a provider or adapter as its target; the message there stays. */
export function tryOnBench(provider: string, model: string | null = null): void {
  setTarget({ provider, model, preset: null });
  goTo('bench');
}
