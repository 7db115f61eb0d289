import type { CallRow } from '../calls/database/tables.ts';
import { findModel } from '../registry/active-preset.ts';
import type { Registry } from '../registry/build-registry.ts';
import { makeMeters, type AllMeters } from './meters.ts';

const other = 'other';
/** What waits while the meters are loading. */
const mostWaiting = 10_000;

export interface Gauges {
  openRequests: number;
  openStreams: number;
}

/** Counts what the server does. Labels are names of the registry and codes of ours; whatever else is `other`. */
export class Metrics {
  readonly #registry: () => Registry;
  #meters: AllMeters | undefined;
  #loading: Promise<AllMeters> | undefined;
  #waiting: ((meters: AllMeters) => void)[] = [];

  constructor(registry: () => Registry) {
    this.#registry = registry;
  }

  #load(): Promise<AllMeters> {
    return (this.#loading ??= makeMeters().then((meters) => {
      this.#meters = meters;
      for (const measure of this.#waiting) measure(meters);
      this.#waiting = [];
      return meters;
    }));
  }

  #measure(measure: (meters: AllMeters) => void): void {
    if (this.#meters) return measure(this.#meters);
    if (this.#waiting.length < mostWaiting) this.#waiting.push(measure);
  }

  /** @param route the route's pattern, never a path a caller wrote; @param ms time until the answer was over */
  request(method: string, route: string, status: number, ms: number): void {
    this.#measure(({ requests, requestSeconds }) => {
      requests.inc({ method, route, status: String(status) });
      requestSeconds.observe({ route }, ms / 1000);
    });
  }

  call(row: CallRow): void {
    const target = this.#target(row);
    this.#measure(({ calls, callSeconds, tokens, cost }) => {
      calls.inc({ ...target, mode: row.mode, code: row.code ?? 'ok' });
      if (row.mode !== 'live') return;
      callSeconds.observe(target, row.total_ms / 1000);
      if (row.prompt_tokens) tokens.inc({ ...target, kind: 'prompt' }, row.prompt_tokens);
      if (row.completion_tokens) tokens.inc({ ...target, kind: 'completion' }, row.completion_tokens);
      if (row.cost) cost.inc(target, row.cost);
    });
  }

  #target(row: CallRow): { provider: string; model: string } {
    const provider = row.provider === null ? undefined : this.#registry().providers.get(row.provider);
    const model = provider && row.model !== null ? findModel(provider.models, row.model) : undefined;
    return { provider: provider?.name ?? other, model: model?.id ?? other };
  }

  /** Everything counted so far in Prometheus' text format. */
  async text({ openRequests, openStreams }: Gauges): Promise<string> {
    const meters = await this.#load();
    meters.openRequests.set(openRequests);
    meters.openStreams.set(openStreams);
    return meters.all.metrics();
  }
}
