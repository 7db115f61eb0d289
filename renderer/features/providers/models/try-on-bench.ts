import { goTo } from '../../../state/view.ts';
import { setTarget } from '../../../state/target.ts';

/** Points the Bench at a provider or adapter and goes there; the message on the Bench stays as it is. */
export function tryOnBench(provider: string, model: string | null = null): void {
  setTarget({ provider, model, preset: null });
  goTo('bench');
}
