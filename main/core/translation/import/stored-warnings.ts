import type { ProjectFacets } from '../../../../contract/translation.ts';
import type { CodedText } from '../../../../contract/coded-texts.ts';
import type { FileWarning } from '../../../formats/file-warning.ts';

const maxStored = 50;

/** A file's notes as its row stores them; null if there are none. */
export function storedWarnings(warnings: readonly FileWarning[]): string | null {
  // The contract has a text for each.
  const texts: readonly CodedText<'file_warning'>[] = warnings.slice(0, maxStored);
  return texts.length ? JSON.stringify(texts) : null;
}

type FileView = ProjectFacets['files'][number];

/** The stored notes for display. Rows of older versions have only messages. */
export function shownWarnings(
  stored: string | null,
): Required<Pick<FileView, 'warnings' | 'warning_details'>> {
  const texts = JSON.parse(stored ?? '[]') as (string | CodedText<'file_warning'>)[];
  return {
    warnings: texts.map((text) => (typeof text === 'string' ? text : text.message)),
    warning_details: texts.map((text) =>
      typeof text === 'string' ? null : { code: text.code, values: text.values },
    ),
  };
}
