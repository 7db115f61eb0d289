import type { UnitView } from '../../../../contract/translation.ts';
import { markedParts } from './marked-parts.ts';

/** A unit's source or target text, with the findings of checks marked. */
export function MarkedText({ unit, of }: { unit: UnitView; of: 'source' | 'target' }) {
  const text = unit[of] ?? '';
  const marks = unit.problems.flatMap((problem) => problem.words?.[of] ?? []);
  if (marks.length === 0) return text;
  return markedParts(text, marks).map((part, at) =>
    part.marked ? (
      <mark key={at} className="rounded-sm bg-warn-soft text-warn underline decoration-warn decoration-wavy">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
