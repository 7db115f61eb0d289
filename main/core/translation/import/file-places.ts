/** Room after a file of so many units. */
const roomAfter = (units: number) => Math.max(20, Math.floor(units / 10));

/**
 * Where each file's units stand in the order of the game. Files leave room for what an update adds, and keep their place:
 * otherwise a line more in the first file would move, and so write again, every unit of the game.
 */
export class FilePlaces {
  readonly #earlier: ReadonlyMap<string, { first_ordinal: number }>;
  #next = 1;

  constructor(earlier: ReadonlyMap<string, { first_ordinal: number }>) {
    this.#earlier = earlier;
  }

  /** The place of the first unit of the next file, in the order of the game. */
  take(path: string, units: number): number {
    const first = Math.max(this.#next, this.#earlier.get(path)?.first_ordinal ?? 0);
    this.#next = first + units;
    // A file that comes later or has to move takes room that is there, so that what follows can stay.
    if (this.#earlier.size === 0) this.#next += roomAfter(units);
    return first;
  }
}
