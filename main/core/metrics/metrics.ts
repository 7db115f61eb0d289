import type { Registry as Printer } from 'prom-client';
import type { CallRow } from '../calls/database/tables.ts';
import { findModel } from '../registry/active-preset.ts';
import type { Registry } from '../registry/build-registry.ts';
import { makeMeters, printerOf } from './meters.ts';

const other = 'other';

export interface Gauges {
  openRequests: number;
  openStreams: number;
}

/** Counts what the server does. Labels are names of the registry and codes of ours; whatever else is `other`. */
export class Metrics {
  readonly #registry: () => Registry;
  readonly #meters = makeMeters();
  #printer: Promise<Printer> | undefined;

  constructor(registry: () => Registry) {
    this.#registry = registry;
  }

  /** @param route the route's pattern, never a path a caller wrote; @param ms time until the answer was over */
  request(method: string, route: string, status: number, ms: number): void {
    this.#meters.requests.add({ method, route, status: String(status) });
    this.#meters.requestSeconds.observe({ route }, ms / 1000);
  }

  call(row: CallRow): void {
    const target = this.#target(row);
    const { provider, model } = target;
    const { calls, callSeconds, tokens, cost } = this.#meters;
    calls.add({ provider, model, mode: row.mode, code: row.code ?? 'ok' });
    if (row.mode !== 'live') return;
    callSeconds.observe(target, row.total_ms / 1000);
    if (row.prompt_tokens) tokens.add({ provider, model, kind: 'prompt' }, row.prompt_tokens);
    if (row.completion_tokens) tokens.add({ provider, model, kind: 'completion' }, row.completion_tokens);
    if (row.cost) cost.add(target, row.cost);
  }

  #target(row: CallRow): { provider: string; model: string } {
    const provider = row.provider === null ? undefined : this.#registry().providers.get(row.provider);
    const model = provider && row.model !== null ? findModel(provider.models, row.model) : undefined;
    return { provider: provider?.name ?? other, model: model?.id ?? other };
  }

  /** Everything counted so far in Prometheus' text format. */
  async text({ openRequests, openStreams }: Gauges): Promise<string> {
    const meters = this.#meters;
    const printer = await (this.#printer ??= printerOf(meters.all));
    meters.openRequests.value = openRequests;
    meters.openStreams.value = openStreams;
    return printer.metrics();
  }
}
