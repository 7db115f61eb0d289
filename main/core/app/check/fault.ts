import { AppError } from '../../lib/app-error.ts';
import type { FieldProblem } from '../../lib/validation.ts';

/** A problem in a user's file or variable. `path` is the place inside the file; empty for the whole file. */
export interface Fault {
  /** An error prevents use; a warning does not. */
  severity: 'error' | 'warning';
  /** Absolute path, or `environment`. */
  file: string;
  path: string;
  reason: string;
}

export const error = (file: string, path: string, reason: string): Fault => ({
  severity: 'error',
  file,
  path,
  reason,
});

export const warning = (file: string, path: string, reason: string): Fault => ({
  severity: 'warning',
  file,
  path,
  reason,
});

export const errorsOf = (file: string, problems: readonly FieldProblem[]): Fault[] =>
  problems.map(({ path, message }) => error(file, path, message));

/**
 * Converts an error of a registry loader to faults, one per problem.
 * @throws any error that is not about a file
 */
export function faultsOf(thrown: unknown): Fault[] {
  if (!(thrown instanceof AppError) || typeof thrown.details?.['file'] !== 'string') throw thrown;
  const { file, path, reason, problems } = thrown.details as {
    file: string;
    path?: string;
    reason?: string;
    problems?: FieldProblem[];
  };
  return problems?.length ? errorsOf(file, problems) : [error(file, path ?? '', reason ?? thrown.message)];
}

/** Runs a loader and returns its faults. */
export function complaintsOf(load: () => unknown): Fault[] {
  try {
    load();
    return [];
  } catch (thrown) {
    return faultsOf(thrown);
  }
}
