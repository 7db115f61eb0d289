import type { RegistryView } from '../../../contract/operations/registry.ts';
import { goTo, usePath } from '../../state/place.ts';

/** The modules as the panel lists them: by their place in the product, others after them by name. */
const order = [
  'translate',
  'vn_chat',
  'narrator',
  'worldbuild',
  'battle_narration',
  'persona',
  'pov_rewrite',
];

export function modulesInOrder({ defaults }: RegistryView): string[] {
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.keys(defaults.modules).toSorted((a, b) => place(a) - place(b) || a.localeCompare(b));
}

/** What is open: the address says it, else the first module with the preset that serves it. */
export function useSelection(
  registry: RegistryView | undefined,
): { module: string; preset: string | null } | null {
  const [named, preset] = usePath();
  if (!registry) return null;
  const { modules } = registry.defaults;
  const module = named !== undefined && named in modules ? named : modulesInOrder(registry)[0];
  if (module === undefined) return null;
  const first = modules[module]?.active_preset ?? modules[module]?.shortlist[0]?.id ?? null;
  return { module, preset: named === module && preset !== undefined ? preset : first };
}

export function openPreset(module: string, id: string): void {
  goTo('modules', module, id);
}
