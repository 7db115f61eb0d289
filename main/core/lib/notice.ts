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

/** The codes of a notice’s `problem`, each with its kind. */
export type ProblemParts = NonNullable<NoticeDetail['problem_details']>;

/** A warning about the user’s files, variables and stored data, in English, with its code. */
export type Notice = CodedText<'notice'> & { problem_details?: ProblemParts };

/** A text of another kind, for the `problem` of a notice. */
export function partOf(kind: TextKind, { code, values }: TextDetail): ProblemParts[number] {
  return { kind, code, values };
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

/** Notices as answers have them: as texts, and with their codes. */
export function noticeFieldsOf(notices: readonly Notice[]): Required<NoticeFields> {
  return {
    warnings: notices.map(({ message }) => message),
    warning_details: notices.map((one) => ({
      ...detailOf(one),
      ...(one.problem_details ? { problem_details: one.problem_details } : {}),
    })),
  };
}
