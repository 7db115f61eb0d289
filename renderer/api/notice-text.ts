import type { NoticeDetail, NoticeFields, TextKind } from '../../contract/coded-texts.ts';
import { currentCatalogue } from '../i18n/current-language.ts';
import { codedText } from './coded-text.ts';
import { ended } from './field-problems.ts';

/** What is wrong, in the current language; English if one of its parts has no code. */
function problemText(english: string, parts: NoticeDetail['problem_details'] = []): string {
  const texts = parts.map(({ kind, ...detail }) => codedText(kind as TextKind, '', detail));
  return texts.length === 0 || texts.includes('') ? ended(english) : texts.map(ended).join('');
}

function noticeText(english: string, detail: NoticeDetail | undefined): string {
  if (!detail || !currentCatalogue()) return english;
  const { code, values, problem_details: parts } = detail;
  const { problem } = values;
  const shown = typeof problem === 'string' ? { ...values, problem: problemText(problem, parts) } : values;
  return codedText('notice', english, { code, values: shown });
}

/** The warnings of an answer in the current language. Texts without a code, and of a newer server, are English. */
export function noticeTexts({ warnings, warning_details: details = [] }: NoticeFields): string[] {
  return warnings.map((english, at) => noticeText(english, details[at]));
}

/** The same as one text, for a toast; undefined if there are none. */
export function noticesInOne(answer: NoticeFields): string | undefined {
  return noticeTexts(answer).join(' ') || undefined;
}
