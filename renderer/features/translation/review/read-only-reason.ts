import { translationReviewMessages as reviewTexts } from '../../../messages/translation-review-messages.ts';

/** The sentences of `main/formats/renpy/texts/read-translation.ts`, which are stored without a code. */
const edited = /^Line (\d+): the block was edited by hand\.$/;
const editedLines = /^Line (\d+): the block was edited by hand and has (\d+) lines of dialogue\.$/;
const computed = /^Line (\d+): the translation is computed\.$/;

/** Why a line of a script cannot be edited, in the current language; an unknown sentence stays as it is. */
export function readOnlyReason(english: string): string {
  const t = reviewTexts.review.readOnlyReasons;
  const [, line = '', lines = ''] = editedLines.exec(english) ?? [];
  if (line !== '') return t.editedLines(line, lines);
  return english
    .replace(edited, (_, at: string) => t.edited(at))
    .replace(computed, (_, at: string) => t.computed(at));
}
