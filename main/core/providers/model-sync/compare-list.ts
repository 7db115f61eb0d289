import { isDeepStrictEqual } from 'node:util';
import type { FactChange, KeptModel, SyncItem } from '../../../../contract/model-sync.ts';
import type { ListedModel } from '../../../adapters/define.ts';
import type { LifecycleIndex } from '../../registry/lifecycle.ts';
import { ListedIndex } from '../fetch-models.ts';
import type { Model, Provider } from '../../registry/model/model.ts';
import { versionOn } from '../../registry/prices/price-record.ts';
import { layFacts, withoutFacts } from '../../registry/overlay/apply-overlay.ts';
import { factsOf, labelOf } from './list-facts.ts';

export interface ListRead {
  provider: Provider;
  models: readonly ListedModel[];
  /** False if the list has more pages: then no model can be reported as missing. */
  complete: boolean;
  source: string;
  /** The day when it was fetched. */
  as_of: string;
}

export interface Comparison {
  added: SyncItem[];
  missing: SyncItem[];
  changed: SyncItem[];
  /** What would be written for each model, by id. */
  toKeep: Map<string, KeptModel>;
}

export type Values = { [C in FactChange as C['field']]: C['from'] };

export function valuesOf(
  lifecycle: LifecycleIndex,
  { provider, as_of }: Pick<ListRead, 'provider' | 'as_of'>,
  model: Model,
): Values {
  const pricing = lifecycle.record(provider, model)?.pricing;
  const price = model.listedPrice ?? (pricing ? versionOn(pricing, as_of).rates : undefined);
  return {
    context: model.context,
    shutdown: lifecycle.view(provider, model, as_of).shutdown,
    pricing: price ? { input: price.input, output: price.output } : null,
    supported_parameters: model.kept?.facts.supported_parameters ?? null,
    absent: model.kept?.facts.absent ?? null,
    successor: lifecycle.view(provider, model, as_of).successor,
    rules: model.kept?.facts.rules ?? null,
  };
}

export const nothing: Values = {
  context: null,
  shutdown: null,
  pricing: null,
  supported_parameters: null,
  absent: null,
  successor: null,
  rules: null,
};
const fields = Object.keys(nothing) as (keyof Values)[];

export function changesBetween(from: Values, to: Values): FactChange[] {
  return fields
    .filter((field) => !isDeepStrictEqual(from[field], to[field]))
    .map((field) => ({ field, from: from[field], to: to[field] }) as FactChange);
}

/** Imported facts that no list contains; they are kept. */
function importedOf({ kept: stored }: Model): Partial<KeptModel> {
  const { successor, rules, shutdown, end_source, end_as_of } = stored?.facts ?? {};
  return {
    ...(successor ? { successor } : {}),
    ...(rules ? { rules } : {}),
    ...(end_source ? { shutdown, end_source, end_as_of } : {}),
  };
}

/** A model in both: the list's current facts replace those of an earlier list. */
function factsNow(read: ListRead, model: Model, listed: ListedModel): KeptModel {
  const { source, as_of } = read;
  const own = withoutFacts(model) ? {} : { added: true as const, label: labelOf(listed) };
  const reported = factsOf(read.provider, listed);
  const { end_source, end_as_of, ...imported } = importedOf(model);
  const end = reported.shutdown === undefined && end_source ? { end_source, end_as_of } : {};
  return { id: model.id, ...own, ...imported, ...end, ...reported, source, as_of };
}

/** The changes that a provider's list would make to the current registry. Changes nothing. */
export function compareList(lifecycle: LifecycleIndex, read: ListRead): Comparison {
  const { provider, models, complete, source, as_of } = read;
  const out: Comparison = { added: [], missing: [], changed: [], toKeep: new Map() };
  const index = new ListedIndex(provider, models);
  const ours = new Set<ListedModel>();
  const add = (to: SyncItem[], was: Model | null, facts: KeptModel) => {
    const will = layFacts(was && withoutFacts(was), facts);
    const changes = changesBetween(
      was ? valuesOf(lifecycle, read, was) : nothing,
      valuesOf(lifecycle, read, will),
    );
    if (was && changes.length === 0 && to !== out.missing) return;
    to.push({ id: facts.id, label: will.label, changes });
    out.toKeep.set(facts.id, facts);
  };
  for (const model of provider.models) {
    const listed = index.get(model);
    if (listed) ours.add(listed);
    if (listed) add(out.changed, model, factsNow(read, model, listed));
    else if (complete)
      add(out.missing, model, { ...(model.kept?.facts ?? { id: model.id, source, as_of }), absent: as_of });
  }
  const known = new Set(provider.models.map((model) => model.id));
  for (const listed of models) {
    if (ours.has(listed) || known.has(listed.id)) continue;
    add(out.added, null, {
      id: listed.id,
      added: true,
      label: labelOf(listed),
      ...factsOf(provider, listed),
      source,
      as_of,
    });
  }
  return out;
}
