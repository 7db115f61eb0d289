import type { UnitView } from '../../../../contract/translation.ts';
import { markedParts } from './marked-parts.ts';

/** One of a unit's texts with what checks found in it marked. */
export function MarkedText({ unit, of }: { unit: UnitView; of: 'source' | 'target' }) {
  const text = unit[of] ?? '';
  const words = unit.problems.flatMap((problem) => problem.words?.[of] ?? []);
  if (words.length === 0) return text;
  return markedParts(text, words).map((part, at) =>
    part.marked ? (
      <mark key={at} className="rounded-sm bg-warn-soft text-warn underline decoration-warn decoration-wavy">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
