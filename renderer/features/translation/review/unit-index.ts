/**
 * The units that pass a filter, in the order of the game: maps positions in the list (from 0) to ordinals and
 * back. Stored as ranges of consecutive ordinals, so that a hundred thousand units without a filter are one
 * range.
 */
export class UnitIndex {
  readonly total: number;
  readonly #firsts: number[] = [];
  /** The list position of the first unit of each range. */
  readonly #starts: number[] = [];

  /**
   * @param ranges pairs of a first ordinal and the number of consecutive units
   */
  constructor(ranges: readonly number[]) {
    let total = 0;
    for (let at = 0; at + 1 < ranges.length; at += 2) {
      this.#firsts.push(ranges[at] ?? 0);
      this.#starts.push(total);
      total += ranges[at + 1] ?? 0;
    }
    this.total = total;
  }

  /** The index of the last entry of the sorted `list` that is not above `value`; -1 if there is none. */
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

  /** The position of an ordinal; if the list does not contain it, the position of the next unit. */
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
