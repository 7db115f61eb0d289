import type { RegistryView } from '../../../contract/operations/registry.ts';
import { messages } from '../../messages.ts';
import type { Target } from '../../state/target.ts';

/** Module and model of a target in one line, according to the registry alone. */
export function targetWords(target: Target, registry: RegistryView | undefined): string {
  const module = target.module ?? messages.frame.noModule;
  if (target.provider !== null)
    return `${module} · ${[target.provider, target.model].filter(Boolean).join(' / ')}`;
  const { defaults } = registry ?? {};
  const settings = target.module === null ? undefined : defaults?.modules[target.module];
  const preset = settings?.shortlist.find(({ id }) => id === target.preset);
  const serves = preset ?? settings ?? defaults;
  return serves ? `${module} · ${serves.provider} / ${serves.model}` : module;
}
