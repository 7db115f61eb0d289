import { create } from 'zustand';

interface Chosen {
  ids: ReadonlySet<string>;
  /** The last chosen call, where a range starts. */
  last: string | null;
}

/** The calls that are chosen, to be exported, compared or deleted together. */
export const useChosen = create<Chosen>(() => ({ ids: new Set(), last: null }));

export function clearChosen(): void {
  useChosen.setState({ ids: new Set(), last: null });
}

/**
 * Chooses a call, or undoes the choice. With `through`, chooses every call of `order` from the last chosen
 * one to this one.
 */
export function chooseCall(id: string, through: boolean, order: readonly string[]): void {
  useChosen.setState(({ ids, last }) => {
    const next = new Set(ids);
    const [from, to] = [last === null ? -1 : order.indexOf(last), order.indexOf(id)];
    if (through && from >= 0 && to >= 0)
      for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one);
    else if (next.has(id)) next.delete(id);
    else next.add(id);
    return { ids: next, last: id };
  });
}

/** Removes calls that no longer exist from the choice. */
export function unchoose(deleted: ReadonlySet<string>): void {
  useChosen.setState(({ ids }) => ({ ids: new Set([...ids].filter((id) => !deleted.has(id))), last: null }));
}
