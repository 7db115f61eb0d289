import { hash } from 'node:crypto';

const idDigits = 24;
const shortHash = (text: string, digits = idDigits) => hash('sha256', text, 'hex').slice(0, digits);

/** Equal for two texts that are translated once: the same words from the same speaker. */
export function pairOf(source: string, speaker: string | null): string {
  return shortHash(`${speaker ?? ''}\u0000${source}`);
}

/**
 * How the ids of a project's units are made. `byFile`: those of one file begin alike, so that an import of a file touches
 * few pages of the database's index, and not one for each unit. `whole`: projects of earlier versions.
 */
export type UnitIds = 'byFile' | 'whole';

/** How an id of a unit was made. */
export function unitIdsLike(id: string): UnitIds {
  return id.includes('-') ? 'byFile' : 'whole';
}

/** The id of a unit: the same with every import, as long as the game keeps file and key. */
export function unitIdOf(project: string, file: string, key: string, ids: UnitIds = 'byFile'): string {
  if (ids === 'whole') return shortHash(`${project}\u0000${file}\u0000${key}`);
  return `${shortHash(`${project}\u0000${file}`, 8)}-${shortHash(`${project}\u0000${file}\u0000${key}`, 20)}`;
}

/** The id of a file of a project. */
export function fileIdOf(project: string, file: string): string {
  return shortHash(`${project}\u0000${file}\u0000`);
}
