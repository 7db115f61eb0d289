import { isDead, modelOf, presetsOf, recordOf } from './look-up.ts';
import type { RegistryData } from './read-data.ts';

/** Offenders in words on a day (`YYYY-MM-DD`); an empty list means that the data holds then. */
type Offenders = string[];

/** Anthropic's protocol needs a limit; the adapter sends this one where nobody set any. */
const anthropicLimit = 4096;

/**
 * Living presets whose most expensive reply costs more than one call may (`usd`) on a day: they would be refused
 * before anything is sent, so their model needs a limit of its own.
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

/** Modules whose default is not in their list, or is dead on a day (`YYYY-MM-DD`). */
export function deadDefaults(data: RegistryData, date: string): Offenders {
  return data.modules
    .filter(({ active, shortlist }) => {
      const preset = shortlist.find(({ id }) => id === active);
      return !preset || isDead(data, preset.provider, preset.model, date);
    })
    .map(({ module }) => module);
}

/** Modules that have nothing left to move to on a day (`YYYY-MM-DD`). */
export function modulesWithoutLivingPreset(data: RegistryData, date: string): Offenders {
  return data.modules
    .filter(({ shortlist }) => shortlist.every(({ provider, model }) => isDead(data, provider, model, date)))
    .map(({ module }) => module);
}

/** Presets of ours on a model that is dead on a day, or too small for the work. */
export function poorPicks(data: RegistryData, date: string): Offenders {
  return presetsOf(data)
    .filter(({ preset }) => preset.origin !== 'shortlist-2024-10')
    .filter(({ preset }) => {
      const tags = modelOf(data, preset.provider, preset.model)?.tags ?? [];
      return tags.includes('too-small') || isDead(data, preset.provider, preset.model, date);
    })
    .map(({ preset }) => preset.id);
}

/** Successors that the provider does not list, or that are dead themselves on a day (`YYYY-MM-DD`). */
export function deadSuccessors(data: RegistryData, date: string): Offenders {
  return data.records
    .filter(({ provider, successor }) => {
      if (successor === null) return false;
      return !modelOf(data, provider, successor) || isDead(data, provider, successor, date);
    })
    .map(({ provider, listed_id, successor }) => `${provider}/${listed_id} → ${String(successor)}`);
}

/** Dead listed presets without exactly one stand-in, on a model that lives, at the same provider and module. */
export function presetsWithoutSuccessor(data: RegistryData, date: string): Offenders {
  return presetsOf(data)
    .filter(({ preset }) => preset.origin === 'shortlist-2024-10')
    .filter(({ preset }) => isDead(data, preset.provider, preset.model, date))
    .filter(({ module, preset }) => {
      const [standIn, ...more] = module.shortlist.filter(({ replaces }) => replaces === preset.id);
      if (!standIn || more.length > 0 || standIn.provider !== preset.provider) return true;
      return isDead(data, standIn.provider, standIn.model, date);
    })
    .map(({ preset }) => preset.id);
}
