import type { NoticeDetail, TextKind } from '../../contract/coded-texts.ts';
import { codedText, ended } from './coded-text.ts';
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

/** The code of a field's problem, which may be of another kind than `file_problem`. */
type FieldDetail = NoticeDetail & { kind?: TextKind };

/** The invalid fields in an error's `details.fields`, which may have any shape. */
export function fieldProblems(fields: unknown): FieldProblem[] {
  return (Array.isArray(fields) ? fields : []).flatMap((field: unknown) => {
    if (!isObject(field)) return [];
    const { path, message: english, message_detail: detail } = field;
    if (typeof path !== 'string' || typeof english !== 'string') return [];
    const { kind = 'file_problem', ...known } = isObject(detail) ? (detail as FieldDetail) : {};
    const text = 'code' in known ? codedText(kind, '', known) : '';
    const isNamed = path === '' || english.includes(`"${path}"`);
    return [{ path, message: text || english, isNamed, isTranslated: text !== '' }];
  });
}

/** Invalid fields of a file that is imported, of which an error's message names the first. */
const maxOfFile = 5;

/** The invalid fields as one text in a language other than English; null if one has no translation. */
export function translatedFields(details: Record<string, unknown> = {}): string | null {
  const inFile = Array.isArray(details.problems) ? details.problems.slice(0, maxOfFile) : [];
  const problems = fieldProblems(details.fields ?? inFile);
  if (problems.length === 0 || problems.some(({ isTranslated }) => !isTranslated)) return null;
  const texts = problems.map(({ path, message, isNamed }) => (isNamed ? message : `${path}: ${message}`));
  const file = typeof details.file === 'string' ? `${details.file}: ` : '';
  return `${file}${texts.map(ended).join('')}`;
}
