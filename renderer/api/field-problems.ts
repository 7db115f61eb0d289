import type { TextDetail } from '../../contract/coded-texts.ts';
import { codedText } from './coded-text.ts';
import { isObject } from './is-object.ts';

/** An invalid field of a request or a file. */
export interface FieldProblem {
  path: string;
  /** In the current language; English if the problem has no code, or one of a newer server. */
  message: string;
  /** Whether `message` already names the field. */
  isNamed: boolean;
  isTranslated: boolean;
}

/** The invalid fields in an error's `details.fields`, which may have any shape. */
export function fieldProblems(fields: unknown): FieldProblem[] {
  return (Array.isArray(fields) ? fields : []).flatMap((field: unknown) => {
    if (!isObject(field)) return [];
    const { path, message: english, message_detail: detail } = field;
    if (typeof path !== 'string' || typeof english !== 'string') return [];
    const known = isObject(detail) ? (detail as TextDetail) : undefined;
    const text = codedText('file_problem', '', known);
    const isNamed = path === '' || english.includes(`"${path}"`);
    return [{ path, message: text || english, isNamed, isTranslated: text !== '' }];
  });
}

/** The invalid fields as one text in a language other than English; null if one has no translation. */
export function translatedFields(details: Record<string, unknown> = {}): string | null {
  const problems = fieldProblems(details.fields);
  if (problems.length === 0 || problems.some(({ isTranslated }) => !isTranslated)) return null;
  const texts = problems.map(({ path, message, isNamed }) => (isNamed ? message : `${path}: ${message}`));
  const file = typeof details.file === 'string' ? `${details.file}: ` : '';
  return `${file}${texts.map(ended).join('')}`;
}

/** Ends an English text, such as a parser’s message, so that a sentence of another language can follow. */
export const ended = (text: string) => (/[\w)\]}"'`]$/.test(text) ? `${text}. ` : text);
