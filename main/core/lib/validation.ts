import { z } from 'zod';
import type { CodedText, TextDetail } from '../../../contract/coded-texts.ts';
import { AppError } from './app-error.ts';
import { codedText, detailOf } from './coded-text.ts';
import { issueText, textOfIssue } from './issue-text.ts';
import type { ProblemParts } from './notice.ts';
import { suggest } from './suggest.ts';

export interface FieldProblem {
  /** `messages[2].role`; empty for the whole body. */
  path: string;
  message: string;
}

/** A problem of a field, also as a code of `file_problem`. */
export interface CodedFieldProblem extends FieldProblem {
  message_detail: TextDetail;
}

/** `messages[2].role` */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part),
    '',
  );
}

function knownKeys(schema: z.ZodType): string[] {
  const shape = (schema as { shape?: Record<string, unknown> }).shape;
  return shape ? Object.keys(shape) : [];
}

/** A problem of the field at `path`. */
export function fieldProblem(path: string, text: CodedText<'file_problem'>): CodedFieldProblem {
  return { path, message: text.message, message_detail: detailOf(text) };
}

/** A problem whose value is refused with this English message. */
export function refusedValue(path: string, message: string): CodedFieldProblem {
  return fieldProblem(path, codedText('file_problem', 'refused_value', { message }, message));
}

/** A field that no schema knows, with the name that was probably meant. */
export function unknownField(path: string, field: string, near: string | undefined): CodedFieldProblem {
  const message = `unknown field "${field}"${near ? `; did you mean "${near}"?` : ''}`;
  const values = { field, near: near ?? null };
  return fieldProblem(path, codedText('file_problem', 'unknown_field', values, message));
}

/**
 * Every invalid field by path, with its code; an unknown field with the nearest known name, because it is
 * most likely a typo.
 */
export function fieldProblems(error: z.ZodError, schema: z.ZodType): CodedFieldProblem[] {
  return error.issues.flatMap((issue) => {
    const path = pathText(issue.path);
    if (issue.code === 'unrecognized_keys') {
      const known = issue.path.length === 0 ? knownKeys(schema) : [];
      return issue.keys.map((key) => unknownField(path ? `${path}.${key}` : key, key, suggest(key, known)));
    }
    const text = textOfIssue(issue);
    return text ? fieldProblem(path, text) : refusedValue(path, issue.message);
  });
}

/** One line for users from all problems. */
export function problemsText(problems: FieldProblem[]): string {
  return problems
    .map((p) => (p.path && !p.message.includes(`"${p.path}"`) ? `${p.path}: ${p.message}` : p.message))
    .join('; ');
}

/**
 * Validates `input` with the schema.
 * @throws AppError `invalid_request` with `details.fields`
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = fieldProblems(result.error, schema);
  throw new AppError('invalid_request', problemsText(fields), { fields });
}

/**
 * The error for one field of a request.
 * @param detail the code of `message`, with its kind
 */
export function refusedField(path: string, message: string, detail?: ProblemParts[number]): AppError {
  const field = { path, message, ...(detail ? { message_detail: detail } : {}) };
  return new AppError('invalid_request', `${path}: ${message}`, { fields: [field] });
}

/** Gives zod the messages of `issue-text.ts`. */
export function useOurMessages(): void {
  z.config({
    customError: (issue) => issueText(issue as z.core.$ZodIssue, issue.input === undefined)?.message,
  });
}
