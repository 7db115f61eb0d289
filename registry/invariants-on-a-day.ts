import { isDead, modelOf, presetsOf, recordOf } from './look-up.ts';
import type { RegistryData } from './read-data.ts';

/** Descriptions of invalid entries on a day (`YYYY-MM-DD`); empty if the data is valid then. */
type Offenders = string[];

/** Anthropic's protocol requires max_tokens. The adapter sends this value if none is set. */
const anthropicLimit = 4096;

/**
 * Presets whose longest reply would cost more than a call may (`usd`), without those that are retired on that day. The
 * budget would refuse them, so their model needs its own max_tokens.
 */
export function presetsOverCallBudget(data: RegistryData, usd: number, date: string): Offenders {
  return presetsOf(data)
    .filter(({ preset }) => !isDead(data, preset.provider, preset.model, date))
    .filter(({ preset }) => {
      const price = recordOf(data, preset.provider, preset.model)?.pricing?.versions.at(-1)?.rates;
      const model = modelOf(data, preset.provider, preset.model);
      const isAnthropic =
        data.providers.find(({ name }) => name === preset.provider)?.adapter === 'anthropic';
      const set = preset.options.max_tokens ?? model?.options?.max_tokens;
      const max = set ?? (isAnthropic ? anthropicLimit : (model?.max_output ?? model?.context ?? Infinity));
      return price ? (max * price.output) / 1_000_000 > usd : false;
    })
    .map(({ preset }) => preset.id);
}

/** Modules whose default is not in their list, or is retired on a day (`YYYY-MM-DD`). */
export function deadDefaults(data: RegistryData, date: string): Offenders {
  return data.modules
    .filter(({ active, shortlist }) => {
      const preset = shortlist.find(({ id }) => id === active);
      return !preset || isDead(data, preset.provider, preset.model, date);
    })
    .map(({ module }) => module);
}

/** Modules without a preset that is not retired on a day (`YYYY-MM-DD`). */
export function modulesWithoutLivingPreset(data: RegistryData, date: string): Offenders {
  return data.modules
    .filter(({ shortlist }) => shortlist.every(({ provider, model }) => isDead(data, provider, model, date)))
    .map(({ module }) => module);
}

/** Our own presets whose model is retired on a day, or too small for the work. */
export function poorPicks(data: RegistryData, date: string): Offenders {
  return presetsOf(data)
    .filter(({ preset }) => preset.origin !== 'shortlist-2024-10')
    .filter(({ preset }) => {
      const tags = modelOf(data, preset.provider, preset.model)?.tags ?? [];
      return tags.includes('too-small') || isDead(data, preset.provider, preset.model, date);
    })
    .map(({ preset }) => preset.id);
}

/** Successors that the provider does not list, or that are retired on a day (`YYYY-MM-DD`). */
export function deadSuccessors(data: RegistryData, date: string): Offenders {
  return data.records
    .filter(({ provider, successor }) => {
      if (successor === null) return false;
      return !modelOf(data, provider, successor) || isDead(data, provider, successor, date);
    })
    .map(({ provider, listed_id, successor }) => `${provider}/${listed_id} → ${String(successor)}`);
}

/** Retired listed presets without exactly one replacement in the same module, at the same provider and not retired. */
export function presetsWithoutSuccessor(data: RegistryData, date: string): Offenders {
  return presetsOf(data)
    .filter(({ preset }) => preset.origin === 'shortlist-2024-10')
    .filter(({ preset }) => isDead(data, preset.provider, preset.model, date))
    .filter(({ module, preset }) => {
      const [replacement, ...more] = module.shortlist.filter(({ replaces }) => replaces === preset.id);
      if (!replacement || more.length > 0 || replacement.provider !== preset.provider) return true;
      return isDead(data, replacement.provider, replacement.model, date);
    })
    .map(({ preset }) => preset.id);
}
