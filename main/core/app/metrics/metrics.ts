import type { Registry as Printer } from 'prom-client';
import type { FinishedCall } from '../../calls/call-row.ts';
import { findModel } from '../../registry/active-preset.ts';
import type { Registry } from '../../registry/build-registry.ts';
import { makeMeters, printerOf } from './meters.ts';
import type { Count, Timing } from './tally.ts';

const other = 'other';

export interface Gauges {
  openRequests: number;
  openStreams: number;
}

interface CallMeters {
  count: Count;
  time: Timing;
  prompt: Count;
  completion: Count;
  cost: Count;
}

/** Server metrics. Labels are names from the registry and our own codes; anything else is `other`. */
export class Metrics {
  readonly #registry: () => Registry;
  readonly #meters = makeMeters();
  /** Counters per kind of request or call, looked up once. */
  readonly #requests = new Map<string, { count: Count; time: Timing }>();
  readonly #calls = new Map<string, CallMeters>();
  #printer: Promise<Printer> | undefined;

  constructor(registry: () => Registry) {
    this.#registry = registry;
  }

  /**
   * Records an HTTP request.
   * @param route the route's pattern, never a path from a caller
   * @param ms time until the answer was complete
   */
  request(method: string, route: string, status: number, ms: number): void {
    const { requests, requestSeconds } = this.#meters;
    const key = `${method} ${status} ${route}`;
    let series = this.#requests.get(key);
    if (!series) {
      series = {
        count: requests.at({ method, route, status: String(status) }),
        time: requestSeconds.at({ route }),
      };
      this.#requests.set(key, series);
    }
    series.count.value += 1;
    series.time.observe(ms / 1000);
  }

  call(call: FinishedCall): void {
    const { provider, model } = this.#target(call);
    const { mode, code, totalMs, usage, cost } = call;
    const key = `${provider} ${mode} ${code} ${model}`;
    let series = this.#calls.get(key);
    if (!series) this.#calls.set(key, (series = this.#callMeters(provider, model, mode, code ?? 'ok')));
    series.count.value += 1;
    if (mode !== 'live') return;
    series.time.observe(totalMs / 1000);
    series.prompt.value += usage?.prompt_tokens ?? 0;
    series.completion.value += usage?.completion_tokens ?? 0;
    series.cost.value += cost?.total ?? 0;
  }

  #callMeters(provider: string, model: string, mode: string, code: string): CallMeters {
    const { calls, callSeconds, tokens, cost } = this.#meters;
    return {
      count: calls.at({ provider, model, mode, code }),
      time: callSeconds.at({ provider, model }),
      prompt: tokens.at({ provider, model, kind: 'prompt' }),
      completion: tokens.at({ provider, model, kind: 'completion' }),
      cost: cost.at({ provider, model }),
    };
  }

  #target({ provider: name, model: id }: FinishedCall): { provider: string; model: string } {
    const provider = name ? this.#registry().providers.get(name) : undefined;
    const model = provider && id ? findModel(provider.models, id) : undefined;
    return { provider: provider?.name ?? other, model: model?.id ?? other };
  }

  /** All metrics in Prometheus' text format. */
  async text({ openRequests, openStreams }: Gauges): Promise<string> {
    const meters = this.#meters;
    const printer = await (this.#printer ??= printerOf(meters.all));
    meters.openRequests.value = openRequests;
    meters.openStreams.value = openStreams;
    return printer.metrics();
  }
}
