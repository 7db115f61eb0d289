import { create } from 'zustand';
import type { RegistryView } from '../../../contract/operations/registry.ts';
import { inModuleOrder } from '../../state/module-order.ts';
import { goTo, usePath } from '../../state/view.ts';

/** The modules in the panel's order. */
export function modulesIn({ defaults }: RegistryView): string[] {
  return inModuleOrder(Object.keys(defaults.modules));
}

/** The selection in the address; by default the first module with its active preset. */
export function useSelection(
  registry: RegistryView | undefined,
): { module: string; preset: string | null } | null {
  const [named, preset] = usePath();
  if (!registry) return null;
  const { modules } = registry.defaults;
  const module = named !== undefined && named in modules ? named : modulesIn(registry)[0];
  if (module === undefined) return null;
  const first = modules[module]?.active_preset ?? modules[module]?.shortlist[0]?.id ?? null;
  return { module, preset: named === module && preset !== undefined ? preset : first };
}

export function openPreset(module: string, id: string): void {
  goTo('modules', module, id);
}

interface PresetRef {
  module: string;
  id: string;
}

/** The preset whose rename form is open. */
const useRenamed = create<{ at: PresetRef | null }>(() => ({ at: null }));

const isSamePreset = (at: PresetRef | null, { module, id }: PresetRef) =>
  at?.module === module && at.id === id;

export function useRenaming(own: PresetRef): boolean {
  return useRenamed(({ at }) => isSamePreset(at, own));
}

/** Opens or closes the rename form; closing the form of one preset leaves another's open. */
export function setRenaming(own: PresetRef, open: boolean): void {
  useRenamed.setState(({ at }) => ({ at: open ? own : isSamePreset(at, own) ? null : at }));
}
