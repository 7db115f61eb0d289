/** Thrown inside a search that took too many steps; `smallestInstance` answers undefined then. */
export class GaveUp extends Error {}

const maxSteps = 20_000;
const deepest = 60;

/** The limits of one search: a schema can recurse, and can have more alternatives than anybody has time for. */
export class Search {
  readonly root: unknown;
  /** How often one reference may be open inside itself. */
  readonly recursion: number;
  #steps = 0;
  #depth = 0;

  constructor(root: unknown, recursion: number) {
    this.root = root;
    this.recursion = recursion;
  }

  /** One step. Throws GaveUp when there were too many. */
  spend(): void {
    this.#steps += 1;
    if (this.#steps > maxSteps) throw new GaveUp('too many steps');
  }

  /** One step down, `work` being done there. Throws GaveUp when it is too deep. */
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
