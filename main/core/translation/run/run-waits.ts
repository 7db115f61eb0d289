import type { RunView } from '../../../../contract/translation.ts';
import type { LimitWait } from '../../lib/request-context.ts';

/** Shorter waits are not reported. */
const minReportedMs = 1000;

/** The waits of a run's requests for their provider's rate limits. */
export class RunWaits {
  readonly #now: () => number;
  readonly #onChange: () => void;
  readonly #byGroup = new Map<string, { provider: string; limit: string | null; until: number }>();

  constructor(now: () => number, onChange: () => void) {
    this.#now = now;
    this.#onChange = onChange;
  }

  /** @param wait null when the wait has ended */
  set(group: string, wait: LimitWait | null): void {
    if (!wait) {
      this.#byGroup.delete(group);
      return;
    }
    const { provider, limit, ms } = wait;
    this.#byGroup.set(group, { provider, limit, until: this.#now() + ms });
    if (ms >= minReportedMs) this.#onChange();
  }

  /** The longest wait, as the API shows it; null if none is long enough to report. */
  get current(): RunView['waits_for'] {
    const maxWait = [...this.#byGroup.values()].sort((a, b) => b.until - a.until)[0];
    if (!maxWait || maxWait.until - this.#now() < minReportedMs) return null;
    const { provider, limit, until } = maxWait;
    return { provider, limit, until: new Date(until).toISOString() };
  }
}
