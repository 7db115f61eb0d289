import type { NoticeDetail, TextDetail, TextKind } from '../../contract/coded-texts.ts';
import type { Endpoint } from '../../contract/server-access.ts';
import type { PackProblem } from '../../contract/user-pack.ts';
import type { Change } from '../../contract/user-preset.ts';
import { currentCatalogue } from '../i18n/current-language.ts';

/** Ends an English text, such as a parser’s message, so that a sentence of another language can follow. */
export const ended = (text: string) => (/[\w)\]}"'`]$/.test(text) ? `${text}. ` : text);

type Parts = NonNullable<NoticeDetail['problem_details']>;

/** A part of a text, after the file or field that it is about; empty if its code is not known. */
function partText({ kind, path, ...detail }: Parts[number]): string {
  const text = codedText(kind as TextKind, '', detail);
  const isNamed = path === undefined || path === detail.values.field;
  return text === '' || isNamed ? text : `${path}: ${text}`;
}

/** A text that another contains, in the current language; English if one of its parts has no code. */
function containedText(english: string, parts: Parts): string {
  const texts = parts.map(partText);
  return ended(texts.length === 0 || texts.includes('') ? english : texts.map(ended).join(''));
}

/** The values of a text, with the text that it contains in the current language. */
function valuesIn({ values, problem_details: parts = [] }: NoticeDetail): TextDetail['values'] {
  const { problem, message } = values;
  if (typeof problem === 'string') return { ...values, problem: containedText(problem, parts) };
  if (typeof message === 'string' && parts.length > 0)
    return { ...values, message: containedText(message, parts) };
  return values;
}

/**
 * A text of the core in the current language. English is the core's own, as are texts of older records and
 * servers, which have no code, and texts whose code is of a newer server.
 */
export function codedText(kind: TextKind, english: string, detail: NoticeDetail | undefined): string {
  const texts = currentCatalogue()?.codedTexts[kind] as
    | Partial<Record<string, (values: TextDetail['values']) => string>>
    | undefined;
  return (detail && texts?.[detail.code]?.(valuesIn(detail))) ?? english;
}

/** What a change did, for the list of changes and for Undo. */
export const changeText = ({ summary, summary_detail: detail }: Change): string =>
  codedText('change', summary, detail);

/** Why a trial or the votes of a model ended early. */
export const stopText = (reason: string, detail: TextDetail | null | undefined): string =>
  codedText('stop', reason, detail ?? undefined);

/** What is wrong with a prompt pack. */
export const packProblemText = ({ message, message_detail: detail }: PackProblem): string =>
  codedText('file_problem', message, detail);

/** What an endpoint of the API does. One that the catalogue does not know keeps its English text. */
export function endpointSummary({ method, path, summary }: Endpoint): string {
  const text = currentCatalogue()?.endpoints[`${method} ${path}`] ?? summary;
  return text.replaceAll('`', '');
}
