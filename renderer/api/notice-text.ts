import type { NoticeFields } from '../../contract/coded-texts.ts';
import { codedText } from './coded-text.ts';

/** The warnings of an answer in the current language. Texts without a code, and of a newer server, are English. */
export function noticeTexts({ warnings, warning_details: details = [] }: NoticeFields): string[] {
  return warnings.map((english, at) => codedText('notice', english, details[at]));
}

/** The same as one text, for a toast; undefined if there are none. */
export function noticesInOne(answer: NoticeFields): string | undefined {
  return noticeTexts(answer).join(' ') || undefined;
}
