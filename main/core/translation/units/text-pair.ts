import { hash } from 'node:crypto';

const idDigits = 24;
const shortHash = (text: string) => hash('sha256', text, 'hex').slice(0, idDigits);

/** Equal for two texts that are translated once: the same words from the same speaker. */
export function pairOf(source: string, speaker: string | null): string {
  return shortHash(`${speaker ?? ''}\u0000${source}`);
}

/** The id of a unit: the same with every import, as long as the game keeps file and key. */
export function unitIdOf(project: string, file: string, key: string): string {
  return shortHash(`${project}\u0000${file}\u0000${key}`);
}
