import type { RunView } from '../../../../contract/translation.ts';
import type { LimitWait } from '../../lib/request-context.ts';

/** A shorter wait is over before anybody has read of it. */
const shownFromMs = 1000;

/** The waits of one run's requests for their provider's limits. */
export class RunWaits {
  readonly #now: () => number;
  readonly #onChange: () => void;
  readonly #byGroup = new Map<string, { provider: string; limit: string | null; until: number }>();

  constructor(now: () => number, onChange: () => void) {
    this.#now = now;
    this.#onChange = onChange;
  }

  /** @param wait null where the request goes on */
  set(group: string, wait: LimitWait | null): void {
    if (!wait) {
      this.#byGroup.delete(group);
      return;
    }
    const { provider, limit, ms } = wait;
    this.#byGroup.set(group, { provider, limit, until: this.#now() + ms });
    if (ms >= shownFromMs) this.#onChange();
  }

  /** The longest wait, as the API shows it; null where none is worth a word. */
  get current(): RunView['waits_for'] {
    const maxWait = [...this.#byGroup.values()].sort((a, b) => b.until - a.until)[0];
    if (!maxWait || maxWait.until - this.#now() < shownFromMs) return null;
    const { provider, limit, until } = maxWait;
    return { provider, limit, until: new Date(until).toISOString() };
  }
}
