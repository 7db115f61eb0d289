import type { KeptModel } from '../../../contract/model-sync.ts';
import type { LifecycleRecord, LifecycleStatus, LifecycleView } from '../../../contract/module-preset.ts';
import type { Model, Provider } from './model/model.ts';

const dayMs = 86_400_000;
let known = { number: NaN, text: '' };

/** The UTC day `YYYY-MM-DD` of a time; providers' shutdown dates are read in UTC. */
export function dayOf(now: number): string {
  const number = Math.floor(now / dayMs);
  if (number !== known.number) known = { number, text: new Date(now).toISOString().slice(0, 10) };
  return known.text;
}

function statusOn(record: LifecycleRecord, today: string): LifecycleStatus {
  if (record.status === 'never_released') return 'never_released';
  if (record.shutdown && today >= record.shutdown) return 'retired';
  return record.status;
}

/** True for a model to which a live call can only fail. */
export function isGone(status: LifecycleStatus): boolean {
  return status === 'retired' || status === 'never_released';
}

/**
 * The provider's own list has the most reliable shutdown dates. A model missing from the list may still
 * answer.
 */
function withKeptFacts(view: LifecycleView, facts: KeptModel | undefined, today: string): LifecycleView {
  if (!facts) return view;
  const {
    shutdown,
    successor,
    absent,
    end_source: source = facts.source,
    end_as_of: as_of = facts.as_of,
  } = facts;
  const missing = absent ? [`absent from the provider's list of ${absent}`] : [];
  const note = [...(view.note ? [view.note.replace(/\.$/, '')] : []), ...missing].join('; ');
  const followed = successor ? { ...view, successor } : view;
  const noted = absent
    ? { ...followed, note, source: view.source ?? source ?? null, as_of: view.as_of ?? absent }
    : followed;
  if (!shutdown || !source || !as_of) return noted;
  const status =
    view.status === 'never_released' ? view.status : today >= shutdown ? 'retired' : 'deprecated';
  return { ...noted, status, shutdown, source, as_of };
}

/** Lifecycle records by provider and by either of a model's ids. */
export class LifecycleIndex {
  readonly #byKey = new Map<string, LifecycleRecord>();

  constructor(records: readonly LifecycleRecord[]) {
    for (const record of records) {
      this.#byKey.set(`${record.provider} ${record.listed_id}`, record);
      const wireKey = `${record.provider} ${record.wire_id}`;
      if (record.wire_id && !this.#byKey.has(wireKey)) this.#byKey.set(wireKey, record);
    }
  }

  record(provider: Provider, model: Pick<Model, 'id' | 'wireId'>): LifecycleRecord | undefined {
    const of = (id: string) => this.#byKey.get(`${provider.factsFrom} ${id}`);
    return of(model.id) ?? of(model.wireId);
  }

  /** A model without a record is active on the user's own machine, and unknown elsewhere. */
  view(provider: Provider, model: Pick<Model, 'id' | 'wireId' | 'kept'>, today: string): LifecycleView {
    return withKeptFacts(this.#recorded(provider, model, today), model.kept?.facts, today);
  }

  #recorded(provider: Provider, model: Pick<Model, 'id' | 'wireId'>, today: string): LifecycleView {
    const record = this.record(provider, model);
    if (!record) {
      const status = provider.kind === 'cloud' ? 'unknown' : 'active';
      return { status, shutdown: null, successor: null, source: null, as_of: null };
    }
    const { shutdown, ends, successor, source, as_of, note } = record;
    return {
      status: statusOn(record, today),
      shutdown,
      ...(ends ? { ends } : {}),
      successor,
      source,
      as_of,
      ...(note ? { note } : {}),
    };
  }
}
