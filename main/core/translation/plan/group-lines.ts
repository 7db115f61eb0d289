import type { PendingUnit } from '../store/unit-store.ts';
import { pairOf } from '../units/text-pair.ts';

/** At this share of the maximum, a group ends at the end of its scene. Shorter scenes share a group. */
const minFill = 0.8;
/** Bytes of source text in one group. Longer replies exceed the output limit of most models. */
const maxBytes = 12_000;

/** A unit for a line that is in no project file, from ComfyVN or a running game. */
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

/** Combines neighbouring units into groups. */
export class LineGrouper {
  readonly #maxLines: number;
  #lines: PendingUnit[] = [];
  #bytes = 0;

  /** @param maxLines the most lines in a group */
  constructor(maxLines: number) {
    this.#maxLines = maxLines;
  }

  /** Adds a unit. Returns the previous group if it is complete. */
  add(unit: PendingUnit): PendingUnit[] | null {
    const bytes = Buffer.byteLength(unit.source);
    const last = this.#lines.at(-1);
    const sameScene = last === undefined || (last.file === unit.file && last.scene === unit.scene);
    const full =
      this.#lines.length >= this.#maxLines ||
      (this.#lines.length > 0 && this.#bytes + bytes > maxBytes) ||
      (!sameScene && this.#lines.length >= this.#maxLines * minFill);
    const group = full ? this.take() : null;
    this.#lines.push(unit);
    this.#bytes += bytes;
    return group;
  }

  /** Returns the units of the last group; null if there are none. */
  take(): PendingUnit[] | null {
    const lines = this.#lines;
    this.#lines = [];
    this.#bytes = 0;
    return lines.length ? lines : null;
  }
}
