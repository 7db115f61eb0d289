/** Thrown inside a search that took too many steps; `smallestInstance` then returns undefined. */
export class GaveUp extends Error {}

const maxSteps = 20_000;
const deepest = 60;

/** The limits of one search, because a schema can be recursive or have too many alternatives. */
export class Search {
  readonly root: unknown;
  /** How often one reference may be nested in itself. */
  readonly recursion: number;
  #steps = 0;
  #depth = 0;

  constructor(root: unknown, recursion: number) {
    this.root = root;
    this.recursion = recursion;
  }

  /**
   * Counts one step.
   * @throws GaveUp if there were too many
   */
  spend(): void {
    this.#steps += 1;
    if (this.#steps > maxSteps) throw new GaveUp('too many steps');
  }

  /**
   * Runs `work` one level deeper.
   * @throws GaveUp if it is too deep
   */
  deeper<T>(work: () => T): T {
    this.spend();
    if (this.#depth >= deepest) throw new GaveUp('too deep');
    this.#depth += 1;
    try {
      return work();
    } finally {
      this.#depth -= 1;
    }
  }
}
