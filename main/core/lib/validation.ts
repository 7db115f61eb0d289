import { z } from 'zod';
import { AppError } from './app-error.ts';
import { suggest } from './suggest.ts';

export interface FieldProblem {
  /** `messages[2].role`; empty for the whole body. */
  path: string;
  message: string;
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

/**
 * Every invalid field by path; an unknown field with the nearest known name, because it is most likely a
 * typo.
 */
export function fieldProblems(error: z.ZodError, schema: z.ZodType): FieldProblem[] {
  return error.issues.flatMap((issue) => {
    const path = pathText(issue.path);
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
    const known = issue.path.length === 0 ? knownKeys(schema) : [];
    return issue.keys.map((key) => {
      const near = suggest(key, known);
      const hint = near ? `; did you mean "${near}"?` : '';
      return { path: path ? `${path}.${key}` : key, message: `unknown field "${key}"${hint}` };
    });
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
