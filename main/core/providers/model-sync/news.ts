import type { FactChange, ModelNews, ModelSync, SyncItem } from '../../../../contract/model-sync.ts';
import { activePreset, type IsUsable } from '../../registry/active-preset.ts';
import type { Registry } from '../../registry/build-registry.ts';
import { dayOf } from '../../registry/lifecycle.ts';

/** The modules that each `provider/model` serves on a day. */
function servedModules(registry: Registry, today: string, usable: IsUsable): Map<string, string[]> {
  const served = new Map<string, string[]>();
  for (const module of registry.modules.values()) {
    const by = module.override ?? activePreset(registry, module, today, usable)?.preset;
    if (!by) continue;
    const key = `${by.provider}/${by.model}`;
    served.set(key, [...(served.get(key) ?? []), module.name]);
  }
  return served;
}

const kinds: Partial<Record<FactChange['field'], ModelNews['kind']>> = { shutdown: 'ends', pricing: 'price' };

/**
 * The differences in a list that matter to users of the model. A model that came back is no longer missing.
 */
export function newsOf(
  lists: readonly ModelSync[],
  { registry, now, usable }: { registry: Registry; now: number; usable: IsUsable },
): ModelNews[] {
  const served = servedModules(registry, dayOf(now), usable);
  const of = (
    provider: string,
    { id, changes }: SyncItem,
    kindOf: (one: FactChange) => ModelNews['kind'] | undefined,
  ) =>
    changes.flatMap((change) => {
      const kind = kindOf(change);
      return kind
        ? [{ provider, model: id, kind, change, serves: served.get(`${provider}/${id}`) ?? [] }]
        : [];
    });
  const news = lists.flatMap(({ provider, missing, changed }) => [
    ...missing.flatMap((item) =>
      of(provider, item, ({ field }) => (field === 'absent' ? 'vanished' : undefined)),
    ),
    ...changed.flatMap((item) => of(provider, item, ({ field }) => kinds[field])),
  ]);
  return news.toSorted((a, b) => b.serves.length - a.serves.length);
}
