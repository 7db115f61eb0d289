import type { Registry as Printer } from 'prom-client';
import type { FinishedCall } from '../calls/call-row.ts';
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

  call(call: FinishedCall): void {
    const target = this.#target(call);
    const { provider, model } = target;
    const { mode, code, totalMs, usage } = call;
    const { calls, callSeconds, tokens, cost } = this.#meters;
    calls.add({ provider, model, mode, code: code ?? 'ok' });
    if (mode !== 'live') return;
    callSeconds.observe(target, totalMs / 1000);
    if (usage?.prompt_tokens) tokens.add({ provider, model, kind: 'prompt' }, usage.prompt_tokens);
    if (usage?.completion_tokens)
      tokens.add({ provider, model, kind: 'completion' }, usage.completion_tokens);
    if (call.cost?.total) cost.add(target, call.cost.total);
  }

  #target({ provider: name, model: id }: FinishedCall): { provider: string; model: string } {
    const provider = name ? this.#registry().providers.get(name) : undefined;
    const model = provider && id ? findModel(provider.models, id) : undefined;
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
