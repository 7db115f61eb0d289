import type { PendingUnit } from '../store/unit-store.ts';
import { pairOf } from '../units/text-pair.ts';

/** A group ends with its scene once it is so full; shorter scenes share one. */
const fullEnough = 0.8;
/** Bytes of text in one group: a reply to more does not fit what most models answer at once. */
const maxBytes = 12_000;

/** A line that belongs to no project's file: what ComfyVN or a running game asks for. */
export function lineWithoutFile(id: string, source: string, ordinal: number): PendingUnit {
  return {
    id,
    file: '',
    ordinal,
    scene: null,
    speaker: null,
    source,
    pair: pairOf(source, null),
    max_cells: null,
    target: null,
    state: 'new',
    problems: null,
  };
}

/**
 * Puts neighbouring units into groups.
 * @param max lines of a group
 */
export class LineGrouper {
  readonly #maxLines: number;
  #lines: PendingUnit[] = [];
  #bytes = 0;

  constructor(max: number) {
    this.#maxLines = max;
  }

  /** Adds a unit; the group before it, where that is full. */
  add(unit: PendingUnit): PendingUnit[] | null {
    const bytes = Buffer.byteLength(unit.source);
    const last = this.#lines.at(-1);
    const sameScene = last === undefined || (last.file === unit.file && last.scene === unit.scene);
    const full =
      this.#lines.length >= this.#maxLines ||
      (this.#lines.length > 0 && this.#bytes + bytes > maxBytes) ||
      (!sameScene && this.#lines.length >= this.#maxLines * fullEnough);
    const group = full ? this.take() : null;
    this.#lines.push(unit);
    this.#bytes += bytes;
    return group;
  }

  /** What is left; null where nothing is. */
  take(): PendingUnit[] | null {
    const lines = this.#lines;
    this.#lines = [];
    this.#bytes = 0;
    return lines.length ? lines : null;
  }
}
