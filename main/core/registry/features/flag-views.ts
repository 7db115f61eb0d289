import type { FlagView } from '../../../../contract/operations/server.ts';
import type { Registry } from '../build-registry.ts';
import type { FeatureFlags } from './feature-flags.ts';

/** Every known flag with its providers, then ComfyVN's other flags, which are read-only. */
export function flagViews(flags: FeatureFlags, registry: Registry): FlagView[] {
  const known = new Map<string, string[]>([['enable_public_llm', []]]);
  for (const { name, flags: own } of registry.providers.values()) {
    for (const flag of own) known.set(flag, [...(known.get(flag) ?? []), name]);
  }
  known.set(flags.emulation.flag, []);
  const all = flags.all();
  const unknown = Object.keys(all).filter((name) => !known.has(name));
  return [...known.keys(), ...unknown].map((name) => {
    const variable = flags.variableFor(name);
    const value = all[name];
    return {
      name,
      enabled: flags.isOn(name),
      ...(value === undefined ? {} : { value }),
      known: known.has(name),
      source: variable ? 'environment' : value === undefined ? 'default' : 'file',
      variable,
      providers: known.get(name) ?? [],
    };
  });
}
