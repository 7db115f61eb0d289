import type { Metric, Registry as Meters } from 'prom-client';
import { Counts, Times, type LabelledValue } from './tally.ts';

const prefix = 'comfyvn_llm_';
const seconds = [0.005, 0.02, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

interface Meter {
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  values(): LabelledValue[];
}

/** Creates all meters. They contain only numbers and names from the registry. */
export function makeMeters() {
  const all: Meter[] = [];
  const counter = (name: string, help: string) => {
    const counts = new Counts();
    all.push({ name: prefix + name, help, type: 'counter', values: () => counts.values() });
    return counts;
  };
  const histogram = (name: string, help: string) => {
    const times = new Times(prefix + name, seconds);
    all.push({ name: prefix + name, help, type: 'histogram', values: () => times.values() });
    return times;
  };
  const gauge = (name: string, help: string) => {
    const state = { value: 0 };
    const values = () => [{ labels: {}, value: state.value }];
    all.push({ name: prefix + name, help, type: 'gauge', values });
    return state;
  };
  return {
    all,
    requests: counter('http_requests_total', 'HTTP answers'),
    requestSeconds: histogram('http_request_seconds', 'Time until the complete HTTP answer'),
    calls: counter('calls_total', 'Finished chats; code is "ok" for answered ones'),
    callSeconds: histogram('call_seconds', 'Duration of live chats'),
    tokens: counter('tokens_total', 'Tokens of live chats'),
    cost: counter('cost_usd_total', 'Cost of live chats with a known price'),
    openRequests: gauge('open_requests', 'HTTP requests in progress'),
    openStreams: gauge('open_streams', 'Streams in progress'),
  };
}

/** Loads prom-client, which prints the meters and adds its process metrics. */
export async function printerOf(meters: readonly Meter[]): Promise<Meters> {
  const { Registry, collectDefaultMetrics } = (await import('prom-client')).default;
  const registry = new Registry();
  for (const { name, help, type, values } of meters) {
    const get = async () => ({ name, help, type, values: values(), aggregator: 'sum' });
    registry.registerMetric({ name, get } as unknown as Metric<string>);
  }
  collectDefaultMetrics({ register: registry, prefix });
  return registry;
}
