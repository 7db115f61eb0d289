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

/** Every meter; what is measured is only numbers and names of the registry. */
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
    requestSeconds: histogram('http_request_seconds', 'Time to the whole HTTP answer'),
    calls: counter('calls_total', 'Chats that are over; code is "ok" for answered ones'),
    callSeconds: histogram('call_seconds', 'Time a live chat took'),
    tokens: counter('tokens_total', 'Tokens of live chats'),
    cost: counter('cost_usd_total', 'What live chats cost, where the price is known'),
    openRequests: gauge('open_requests', 'HTTP requests under way'),
    openStreams: gauge('open_streams', 'Streams under way'),
  };
}

/** Loads prom-client, which prints the meters and what it knows of the process. */
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
