import { z } from 'zod';
import type { TextDetail } from '../../../contract/coded-texts.ts';
import { AppError } from './app-error.ts';
import { codedText, detailOf } from './coded-text.ts';
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

/** A problem whose value is refused with this English message. */
export function refusedValue(path: string, message: string): CodedFieldProblem {
  const text = codedText('file_problem', 'refused_value', { message }, message);
  return { path, message, message_detail: detailOf(text) };
}

/** A field that no schema knows, with the name that was probably meant. */
export function unknownField(path: string, field: string, near: string | undefined): CodedFieldProblem {
  const message = `unknown field "${field}"${near ? `; did you mean "${near}"?` : ''}`;
  const text = codedText('file_problem', 'unknown_field', { field, near: near ?? null }, message);
  return { path, message, message_detail: detailOf(text) };
}

/**
 * Every invalid field by path; an unknown field with the nearest known name, because it is most likely a
 * typo.
 */
export function codedFieldProblems(error: z.ZodError, schema: z.ZodType): CodedFieldProblem[] {
  return error.issues.flatMap((issue) => {
    const path = pathText(issue.path);
    if (issue.code !== 'unrecognized_keys') return [refusedValue(path, issue.message)];
    const known = issue.path.length === 0 ? knownKeys(schema) : [];
    return issue.keys.map((key) => {
      return unknownField(path ? `${path}.${key}` : key, key, suggest(key, known));
    });
  });
}

/** The same in English only. */
export function fieldProblems(error: z.ZodError, schema: z.ZodType): FieldProblem[] {
  return codedFieldProblems(error, schema).map(({ path, message }) => ({ path, message }));
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

/** zod's messages are for programmers; these are for the author of the request. */
export function useOurMessages(): void {
  z.config({
    customError: (issue) => {
      if (issue.code === 'invalid_type' && issue.input === undefined) return `required (${issue.expected})`;
      if (issue.code === 'invalid_type') return `${issue.expected} expected`;
      if (issue.code === 'invalid_value')
        return `expected one of ${issue.values.map((v) => JSON.stringify(v)).join(', ')}`;
      return undefined;
    },
  });
}
