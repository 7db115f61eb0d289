import type { TranslationFileRow } from '../../database/translation-tables.ts';

/** Free ordinals after a file with this many units. */
const roomAfter = (units: number) => Math.max(20, Math.floor(units / 10));

/**
 * Assigns each file its ordinals in the order of the game. Files have room after them for later additions, and keep their
 * ordinals: otherwise one more line in the first file would change, and so rewrite, every unit of the game.
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
    // In an update, a new file or one that has to move uses existing room, so that the files after it can stay.
    if (this.#earlier.size === 0) this.#next += roomAfter(units);
    return first;
  }
}
