import { hash } from 'node:crypto';

const idDigits = 24;
const shortHash = (text: string, digits = idDigits) => hash('sha256', text, 'hex').slice(0, digits);

/** A hash of text and speaker: units with the same pair are translated once. */
export function pairOf(source: string, speaker: string | null): string {
  return shortHash(`${speaker ?? ''}\u0000${source}`);
}

/**
 * How the ids of a project's units are made. `byFile`: the ids of one file share a prefix, so an import of the file touches
 * few pages of the database's index. `whole`: a hash without that prefix, in projects of earlier versions.
 */
export type UnitIds = 'byFile' | 'whole';

/** Detects how a unit's id was made. */
export function unitIdsLike(id: string): UnitIds {
  return id.includes('-') ? 'byFile' : 'whole';
}

/** A unit's id. It is the same in every import while the unit's file and key do not change. */
export function unitIdOf(project: string, file: string, key: string, ids: UnitIds = 'byFile'): string {
  if (ids === 'whole') return shortHash(`${project}\u0000${file}\u0000${key}`);
  return `${shortHash(`${project}\u0000${file}`, 8)}-${shortHash(`${project}\u0000${file}\u0000${key}`, 20)}`;
}

/** The id of a project's file. */
export function fileIdOf(project: string, file: string): string {
  return shortHash(`${project}\u0000${file}\u0000`);
}
