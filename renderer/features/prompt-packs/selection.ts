import type { OperationOutput } from '../../../contract/operations/table.ts';
import type { PackSource } from '../../../contract/prompt-pack.ts';
import { goTo, usePath } from '../../state/place.ts';

export type Library = OperationOutput<'packs.library'>;

export type Selection =
  | { kind: 'pack'; source: PackSource; module: string }
  | { kind: 'new' }
  | { kind: 'none' };

const names = { mine: 'user', 'built-in': 'built-in' } as const;

/** What is open in the work pane; the first pack where the address names none. */
export function useSelection(library: Library | undefined): Selection {
  const [first, module] = usePath();
  if (first === 'new') return { kind: 'new' };
  if ((first === 'mine' || first === 'built-in') && module !== undefined)
    return { kind: 'pack', source: names[first], module };
  const [own] = library?.mine ?? [];
  const [shipped] = library?.built_in ?? [];
  if (own) return { kind: 'pack', source: 'user', module: own.module };
  return shipped ? { kind: 'pack', source: 'built-in', module: shipped.module } : { kind: 'none' };
}

export function selectPack(source: PackSource, module: string): void {
  goTo('prompt-packs', source === 'user' ? 'mine' : 'built-in', module);
}

export function selectNew(): void {
  goTo('prompt-packs', 'new');
}
