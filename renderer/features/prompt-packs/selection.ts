import type { OperationOutput } from '../../../contract/operations/table.ts';
import type { PackSource } from '../../../contract/prompt-pack.ts';
import { goTo, usePath } from '../../state/view.ts';

export type Library = OperationOutput<'packs.library'>;

export type Selection =
  | { kind: 'pack'; source: PackSource; module: string }
  /** An empty pack, or a copy. */
  | { kind: 'new'; copyOf: { source: PackSource; module: string } | null }
  | { kind: 'none' };

const names = { mine: 'user', 'built-in': 'built-in' } as const;

function packIn([source, module]: readonly string[]): { source: PackSource; module: string } | null {
  const isSource = source === 'mine' || source === 'built-in';
  return isSource && module !== undefined ? { source: names[source], module } : null;
}

/** The selection in the address; by default the first pack. */
export function useSelection(library: Library | undefined): Selection {
  const path = usePath();
  if (path[0] === 'new') return { kind: 'new', copyOf: packIn(path.slice(1)) };
  const named = packIn(path);
  if (named) return { kind: 'pack', ...named };
  const [own] = library?.mine ?? [];
  const [shipped] = library?.built_in ?? [];
  if (own) return { kind: 'pack', source: 'user', module: own.module };
  return shipped ? { kind: 'pack', source: 'built-in', module: shipped.module } : { kind: 'none' };
}

const nameOf = (source: PackSource) => (source === 'user' ? 'mine' : 'built-in');

export function selectPack(source: PackSource, module: string): void {
  goTo('prompt-packs', nameOf(source), module);
}

/** Opens the form that asks for the module of a copy. */
export function selectCopy(source: PackSource, module: string): void {
  goTo('prompt-packs', 'new', nameOf(source), module);
}

export function selectNew(): void {
  goTo('prompt-packs', 'new');
}
