import type { LifecycleRecord, LifecycleStatus, ModuleFile, PresetEntry } from '../contract/module-preset.ts';
import type { ModelEntry } from '../contract/provider.ts';
import type { RegistryData } from './read-data.ts';

const dead = new Set<LifecycleStatus>(['retired', 'never_released']);

/** Every preset with its module. */
export function presetsOf(data: RegistryData): { module: ModuleFile; preset: PresetEntry }[] {
  return data.modules.flatMap((module) => module.shortlist.map((preset) => ({ module, preset })));
}

export function modelOf(data: RegistryData, provider: string, id: string): ModelEntry | undefined {
  return data.providers.find((entry) => entry.name === provider)?.models?.find((model) => model.id === id);
}

export function recordOf(data: RegistryData, provider: string, id: string): LifecycleRecord | undefined {
  return data.records.find((record) => record.provider === provider && record.listed_id === id);
}

/** The status on a day (`YYYY-MM-DD`): from its shutdown date on, a model is retired. */
function statusOn(record: LifecycleRecord | undefined, date: string): LifecycleStatus {
  if (!record) return 'active';
  return record.shutdown !== null && date >= record.shutdown ? 'retired' : record.status;
}

/** Whether the model was never served, or is retired on a day (`YYYY-MM-DD`). */
export function isDead(data: RegistryData, provider: string, model: string, date: string): boolean {
  return dead.has(statusOn(recordOf(data, provider, model), date));
}
