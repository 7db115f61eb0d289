/**
 * Which units pass a filter, in the order of the game: positions in the list (from 0) to ordinals and back.
 * Kept as rows of neighbours, so that a hundred thousand units are one of them.
 */
export class UnitIndex {
  readonly total: number;
  readonly #firsts: number[] = [];
  /** Position of the first unit of each row of neighbours. */
  readonly #starts: number[] = [];

  /** @param ranges pairs of the first ordinal and how many follow each other */
  constructor(ranges: readonly number[]) {
    let total = 0;
    for (let at = 0; at + 1 < ranges.length; at += 2) {
      this.#firsts.push(ranges[at] ?? 0);
      this.#starts.push(total);
      total += ranges[at + 1] ?? 0;
    }
    this.total = total;
  }

  /** The last row of `list` that does not lie above `value`; -1 where all do. */
  static #find(list: readonly number[], value: number): number {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle] ?? 0) <= value) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The ordinal at a position of the list. */
  ordinalAt(position: number): number {
    const row = UnitIndex.#find(this.#starts, position);
    return (this.#firsts[row] ?? 0) + position - (this.#starts[row] ?? 0);
  }

  /** Where an ordinal is in the list, or would be: then the position of the unit after it. */
  positionOf(ordinal: number): number {
    const row = UnitIndex.#find(this.#firsts, ordinal);
    if (row < 0) return 0;
    const next = this.#starts[row + 1] ?? this.total;
    return Math.min((this.#starts[row] ?? 0) + ordinal - (this.#firsts[row] ?? 0), next);
  }

  has(ordinal: number): boolean {
    const position = this.positionOf(ordinal);
    return position < this.total && this.ordinalAt(position) === ordinal;
  }
}
