import type { TranslationFileRow } from '../../database/translation-tables.ts';

/** Free ordinals after a file with this many units. */
const roomAfter = (units: number) => Math.max(20, Math.floor(units / 10));

/**
 * Assigns each file its ordinals in the game's order. Files keep their ordinals and have free ordinals after them for
 * additions. Otherwise, one new line in the first file would rewrite every unit of the game.
 */
export class FilePlaces {
  /** The first ordinal of each file as of the last import. */
  readonly #earlier: ReadonlyMap<string, number>;
  #next = 1;

  /** @param files the rows of the last import; rows of versions without room between files (no fingerprint) are not used */
  constructor(files: ReadonlyMap<string, Pick<TranslationFileRow, 'first_ordinal' | 'fingerprint'>>) {
    const withRoom = [...files].filter(([, { fingerprint }]) => fingerprint !== null);
    this.#earlier = new Map(withRoom.map(([path, { first_ordinal }]) => [path, first_ordinal]));
  }

  /** The first ordinal of the next file. Call it once for each file, in the order of the game. */
  take(path: string, units: number): number {
    const first = Math.max(this.#next, this.#earlier.get(path) ?? 0);
    this.#next = first + units;
    // A repeated import adds no room: a new or moved file uses the existing room, so that later files can stay.
    if (this.#earlier.size === 0) this.#next += roomAfter(units);
    return first;
  }
}
