import type {
  CodedText,
  NoticeDetail,
  NoticeFields,
  TextCode,
  TextDetail,
  TextKind,
  TextValues,
} from '../../../contract/coded-texts.ts';
import { codedText, detailOf } from './coded-text.ts';
import type { CodedFieldProblem } from './validation.ts';

/** The codes of a notice’s `problem`, each with its kind. */
export type ProblemParts = NonNullable<NoticeDetail['problem_details']>;

/** A text that contains another, which has its own codes. */
export type Composed<K extends TextKind> = CodedText<K> & { problem_details?: ProblemParts };

/** A warning about the user’s files, variables and stored data, in English, with its code. */
export type Notice = Composed<'notice'>;

/**
 * A text of another kind, for the `problem` of a notice.
 * @param path the file or field that it is about
 */
export function partOf(kind: TextKind, { code, values }: TextDetail, path = ''): ProblemParts[number] {
  return { kind, code, values, ...(path ? { path } : {}) };
}

/** Adds the codes of the text that `text` contains. */
export function composed<K extends TextKind>(text: CodedText<K>, parts: ProblemParts): Composed<K> {
  return parts.length ? { ...text, problem_details: parts } : text;
}

/**
 * A warning; `values` are what its English message contains.
 * @param parts the codes of `values.problem`; none if a part has no code
 */
export function notice<C extends TextCode<'notice'>>(
  code: C,
  values: TextValues<'notice', C>,
  message: string,
  parts: ProblemParts = [],
): Notice {
  return { code, values, message, ...(parts.length ? { problem_details: parts } : {}) } as Notice;
}

/** The same for what is wrong with a file, if that has a code. */
export const filePart = (detail: TextDetail | undefined): ProblemParts =>
  detail ? [partOf('file_problem', detail)] : [];

/** A problem that is in English only, such as the message of a validation. */
export const englishPart = (message: string): ProblemParts => [
  partOf('file_problem', codedText('file_problem', 'refused_value', { message }, message)),
];

/** The codes of invalid fields, each with its path. */
export const fieldParts = (problems: readonly CodedFieldProblem[]): ProblemParts =>
  problems.map(({ path, message_detail }) => partOf('file_problem', message_detail, path));

/** A file’s fault, as `read-text-file.ts` gives it, or with the codes of several invalid fields. */
export interface ComposedFault {
  problem: string;
  detail?: TextDetail;
  parts?: ProblemParts;
}

/** The codes of a file’s fault; a text without one is shown in English. */
export const faultParts = ({ problem, detail, parts }: ComposedFault): ProblemParts =>
  parts ?? (detail ? filePart(detail) : englishPart(problem));

/** Notices as answers have them: as texts, and with their codes. */
export function noticeFieldsOf(notices: readonly Notice[]): Required<NoticeFields> {
  return {
    warnings: notices.map(({ message }) => message),
    warning_details: notices.map(detailOf),
  };
}
