import { createHash } from 'node:crypto';
import type { FoundKey } from './further-keys.ts';

const weightOf = (of: string, { key }: FoundKey) =>
  createHash('sha256').update(`${of}\n${key}`).digest('hex');

/**
 * A provider's keys in the order in which one project or module tries them. A prefix that a provider has cached belongs
 * to a key, so each project has a favourite: by rendezvous hashing, so that every process and machine finds the same
 * one without asking, projects are spread over the keys, and a key that is added or taken away moves few of them.
 * @param of the project or module; undefined keeps the order they came in
 */
export function inOrderFor(of: string | undefined, keys: readonly FoundKey[]): readonly FoundKey[] {
  if (of === undefined || keys.length < 2) return keys;
  const weighed = keys.map((key) => ({ key, weight: weightOf(of, key) }));
  return weighed.toSorted((a, b) => (a.weight < b.weight ? -1 : 1)).map(({ key }) => key);
}
