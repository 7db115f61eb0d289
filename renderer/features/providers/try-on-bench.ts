import { goTo } from '../../state/place.ts';
import { setTarget } from '../../state/target.ts';

/** Points the Bench at a provider or adapter and goes there; the message on the Bench stays as it is. */
export function tryOnBench(provider: string): void {
  setTarget({ provider, model: null, preset: null });
  goTo('bench');
}
