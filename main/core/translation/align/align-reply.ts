import type { ReplyLine } from './read-lines.ts';

/** Why a line of the request has no text from the reply. */
export type Misalignment = 'missing' | 'doubled' | 'empty' | 'merged';

export interface Alignment {
  /** Texts by id; each id is one that was asked for, and stood in the reply once. */
  texts: Map<number, string>;
  failed: Map<number, Misalignment>;
  /** Ids that nobody asked for. */
  unknown: number[];
}

const decoration = /^[\s"'“”]*$/u;

/** Another line's id inside a text, where the source has nothing like it: two lines became one. */
function foreignId(text: string, source: string, count: number, own: number): number | null {
  for (const match of text.matchAll(/(?:^|[\s。！？.!?、,])(\d{1,6})[|｜]/gu)) {
    const id = Number(match[1]);
    if (id >= 1 && id <= count && id !== own && !source.includes(match[0].trim())) return id;
  }
  return null;
}

/** A reply that counts from another number: its texts belong to other lines than their ids say. */
function isRenumbered(ids: ReadonlySet<number>, count: number): boolean {
  const all = [...ids].sort((a, b) => a - b);
  const [first = 1] = all;
  const contiguous = all.every((id, i) => id === first + i);
  if (first === 0 && !ids.has(count)) return true;
  return first !== 1 && contiguous && all.length === count;
}

/**
 * Puts the lines of a reply to the lines asked for, by id and by nothing else: a text whose id is missing, stands twice
 * with other words, or is not one of the request's goes nowhere.
 * @param sources the texts asked for; their ids count from 1
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
    const before = texts.get(id);
    if (failed.get(id) === 'doubled' || (before !== undefined && before.trim() !== text.trim())) {
      texts.delete(id);
      failed.set(id, 'doubled');
    } else if (text.trim() === '' || decoration.test(text)) {
      if (before === undefined) failed.set(id, 'empty');
    } else {
      failed.delete(id);
      texts.set(id, text);
    }
  }
  for (const [id, text] of texts) {
    const other = foreignId(text, sources[id - 1] ?? '', count, id);
    if (other === null) continue;
    // What stands before the other id may be half of a sentence as well.
    for (const one of [id, other]) {
      texts.delete(one);
      failed.set(one, 'merged');
    }
  }
  for (let id = 1; id <= count; id++) if (!texts.has(id) && !failed.has(id)) failed.set(id, 'missing');
  return { texts, failed, unknown };
}
