import { createHash } from 'node:crypto';
import type { ReadFile, Unit } from '../../../formats/define.ts';

/** The stored fields of a unit, as JSON. */
function partsOf(unit: Unit, translation: Unit | undefined): string {
  const { key, source, target, fuzzy, speaker, scene, note, maxCells, readOnly } = unit;
  const own = [key, source, target, fuzzy, speaker, scene, note, maxCells, readOnly];
  const translated = translation && [translation.target, translation.fuzzy, translation.readOnly];
  return JSON.stringify([own, translated]);
}

/**
 * Hash of everything that an import stores of a file. Equal hashes mean equal units.
 * @param translationOf returns a unit's translation in a separate file
 * @param more other values that decide how units are stored
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
