import { createHash } from 'node:crypto';
import type { ReadFile, Unit } from '../../../formats/define.ts';

/** What of a unit is stored, as JSON. */
function partsOf(unit: Unit, translation: Unit | undefined): string {
  const { key, source, target, fuzzy, speaker, scene, note, maxCells, readOnly } = unit;
  const own = [key, source, target, fuzzy, speaker, scene, note, maxCells, readOnly];
  const other = translation && [translation.target, translation.fuzzy, translation.readOnly];
  return JSON.stringify([own, other]);
}

/**
 * Hash of all that an import stores of a file: where it is the same, so are its units.
 * @param translationOf the translation in a file of its own that belongs to a unit
 * @param more what else decides how units are stored
 */
export function fingerprintOf(
  { units }: Pick<ReadFile, 'units'>,
  translationOf: (unit: Unit) => Unit | undefined,
  more: readonly string[],
): string {
  const digest = createHash('sha256').update(JSON.stringify(more));
  for (const unit of units) digest.update(partsOf(unit, translationOf(unit)));
  return digest.digest('hex');
}
