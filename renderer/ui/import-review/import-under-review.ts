import type { NoticeFields } from '../../../contract/coded-texts.ts';
import type { LeftOutPart } from '../../../contract/sillytavern.ts';
import type { ImportItem } from '../../../contract/user-preset.ts';

/** A file that was read and waits for confirmation. */
export interface ImportUnderReview extends NoticeFields {
  file: string;
  text: string;
  items: readonly ImportItem[];
  /** Parts of the file that are not imported. */
  leftOut?: readonly LeftOutPart[];
}

/** The number of items that an import would change. */
export function importable(items: readonly ImportItem[]): number {
  return items.filter(({ outcome }) => outcome === 'added' || outcome === 'replaced').length;
}
