import type { Registry as Meters } from 'prom-client';

const prefix = 'comfyvn_llm_';
const seconds = [0.005, 0.02, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Loads prom-client and makes every meter; what is measured is only numbers and names of the registry. */
export async function makeMeters() {
  const { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } = (await import('prom-client'))
    .default;
  const all: Meters = new Registry();
  const of = <L extends string>(name: string, help: string, ...labelNames: L[]) => ({
    name: prefix + name,
    help,
    labelNames,
    registers: [all],
  });
  collectDefaultMetrics({ register: all, prefix });
  const target = ['provider', 'model'] as const;
  return {
    all,
    requests: new Counter(of('http_requests_total', 'HTTP answers', 'method', 'route', 'status')),
    requestSeconds: new Histogram({
      ...of('http_request_seconds', 'Time to the whole HTTP answer', 'route'),
      buckets: seconds,
    }),
    calls: new Counter(
      of('calls_total', 'Chats that are over; code is "ok" for answered ones', ...target, 'mode', 'code'),
    ),
    callSeconds: new Histogram({
      ...of('call_seconds', 'Time a live chat took', ...target),
      buckets: seconds,
    }),
    tokens: new Counter(of('tokens_total', 'Tokens of live chats', ...target, 'kind')),
    cost: new Counter(of('cost_usd_total', 'What live chats cost, where the price is known', ...target)),
    openRequests: new Gauge(of('open_requests', 'HTTP requests under way')),
    openStreams: new Gauge(of('open_streams', 'Streams under way')),
  };
}

export type AllMeters = Awaited<ReturnType<typeof makeMeters>>;
