import type { ReplyLine } from './read-lines.ts';

/** Why a line of the request has no text from the reply. */
export type Misalignment = 'missing' | 'doubled' | 'empty' | 'merged';

export interface Alignment {
  /** Texts by id. Every id was requested, and has one text in the reply. */
  texts: Map<number, string>;
  failed: Map<number, Misalignment>;
  /** Ids that were not requested. */
  unknown: number[];
}

const decoration = /^[\s"'“”]*$/u;

/** Another line's id inside a text whose source does not contain it: the model merged two lines. */
function foreignId(text: string, source: string, count: number, own: number): number | null {
  for (const match of text.matchAll(/(?:^|[\s。！？.!?、,])(\d{1,6})[|｜]/gu)) {
    const id = Number(match[1]);
    if (id >= 1 && id <= count && id !== own && !source.includes(match[0].trim())) return id;
  }
  return null;
}

/** True if the reply's numbering starts at another number: its ids then belong to other lines. */
function isRenumbered(ids: ReadonlySet<number>, count: number): boolean {
  const all = [...ids].sort((a, b) => a - b);
  const [first = 1] = all;
  const contiguous = all.every((id, i) => id === first + i);
  if (first === 0 && !ids.has(count)) return true;
  return first !== 1 && contiguous && all.length === count;
}

/**
 * Assigns a reply's texts to the requested lines, only by id. It drops texts without an id, with an id that was not
 * requested, or with an id that has several different texts.
 * @param sources the requested texts; their ids count from 1
 */
export function alignReply(lines: readonly ReplyLine[], sources: readonly string[]): Alignment {
  const count = sources.length;
  const texts = new Map<number, string>();
  const failed = new Map<number, Misalignment>();
  const unknown: number[] = [];
  const seen = new Set(lines.flatMap(({ id }) => id ?? []));
  const usable = isRenumbered(seen, count) ? [] : lines;
  for (const { id, text } of usable) {
    if (id === null) continue;
    if (id < 1 || id > count) {
      unknown.push(id);
      continue;
    }
    const earlier = texts.get(id);
    if (failed.get(id) === 'doubled' || (earlier !== undefined && earlier.trim() !== text.trim())) {
      texts.delete(id);
      failed.set(id, 'doubled');
    } else if (text.trim() === '' || decoration.test(text)) {
      if (earlier === undefined) failed.set(id, 'empty');
    } else {
      failed.delete(id);
      texts.set(id, text);
    }
  }
  for (const [id, text] of texts) {
    const other = foreignId(text, sources[id - 1] ?? '', count, id);
    if (other === null) continue;
    // The part before the other id may be incomplete too, so both lines are dropped.
    for (const merged of [id, other]) {
      texts.delete(merged);
      failed.set(merged, 'merged');
    }
  }
  for (let id = 1; id <= count; id++) if (!texts.has(id) && !failed.has(id)) failed.set(id, 'missing');
  return { texts, failed, unknown };
}

/** Splits unanswered lines into two requests; a single line stays one. */
export function splitInHalves<T>(lines: readonly T[]): T[][] {
  if (lines.length <= 1) return lines.length ? [[...lines]] : [];
  const middle = Math.ceil(lines.length / 2);
  return [lines.slice(0, middle), lines.slice(middle)];
}
