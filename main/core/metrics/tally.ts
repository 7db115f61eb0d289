/** A value with its labels, as prom-client's registry prints it. */
export interface LabelledValue {
  metricName?: string;
  labels: Record<string, string | number>;
  value: number;
}

type Labels = Record<string, string>;

/** The labels' values as one text; written out, since every call asks for it a few times. */
function keyOf(labels: Labels): string {
  let key = '';
  for (const name in labels) key += `${labels[name]}\0`;
  return key;
}

/** Adds numbers up by their labels: a few nanoseconds a time, where prom-client's own counters take microseconds. */
export class Counts {
  readonly #byKey = new Map<string, { labels: Labels; value: number }>();

  add(labels: Labels, by = 1): void {
    const key = keyOf(labels);
    const known = this.#byKey.get(key);
    if (known) known.value += by;
    else this.#byKey.set(key, { labels, value: by });
  }

  values(): LabelledValue[] {
    return [...this.#byKey.values()];
  }
}

/** Counts times by the bucket they fall into. */
export class Times {
  readonly #name: string;
  readonly #limits: readonly number[];
  readonly #byKey = new Map<string, { labels: Labels; buckets: number[]; sum: number; count: number }>();

  /** @param limits the buckets' upper ends in seconds, rising */
  constructor(name: string, limits: readonly number[]) {
    this.#name = name;
    this.#limits = limits;
  }

  observe(labels: Labels, seconds: number): void {
    const key = keyOf(labels);
    let known = this.#byKey.get(key);
    if (!known) {
      known = { labels, buckets: this.#limits.map(() => 0), sum: 0, count: 0 };
      this.#byKey.set(key, known);
    }
    known.sum += seconds;
    known.count += 1;
    const at = this.#limits.findIndex((limit) => seconds <= limit);
    if (at >= 0) known.buckets[at] = (known.buckets[at] ?? 0) + 1;
  }

  /** Each bucket holds those below it as well. */
  values(): LabelledValue[] {
    return [...this.#byKey.values()].flatMap(({ labels, buckets, sum, count }) => {
      let below = 0;
      const steps = this.#limits.map((le, i) => {
        below += buckets[i] ?? 0;
        return { metricName: `${this.#name}_bucket`, labels: { le, ...labels }, value: below };
      });
      return [
        ...steps,
        { metricName: `${this.#name}_bucket`, labels: { le: '+Inf', ...labels }, value: count },
        { metricName: `${this.#name}_sum`, labels, value: sum },
        { metricName: `${this.#name}_count`, labels, value: count },
      ];
    });
  }
}
