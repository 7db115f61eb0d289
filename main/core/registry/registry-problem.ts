import type { z } from 'zod';
import { AppError } from '../lib/app-error.ts';
import { readJson } from '../lib/files/read-json.ts';
import { fieldProblems } from '../lib/validation.ts';

/**
 * The error for a registry file that cannot be used.
 * @param path the place in the file, `providers[1].base`; empty for the whole file
 * @param unreadable it cannot be read now, but may become readable without being changed
 */
export function registryProblem(file: string, path: string, reason: string, unreadable = false): AppError {
  const where = path ? `${file}, at ${path}` : file;
  return new AppError('registry_invalid', `${where}: ${reason}`, {
    file,
    path,
    reason,
    ...(unreadable ? { unreadable } : {}),
  });
}

/**
 * Reads and validates one registry file; undefined if it does not exist.
 * @throws AppError `registry_invalid` with file, path and reason (the first problem; all are in
 * `details.problems`)
 */
export function readRegistryFile<S extends z.ZodType>(file: string, schema: S): z.output<S> | undefined {
  const json = readJson(file);
  if (!json.found) return undefined;
  if ('problem' in json) throw registryProblem(file, '', json.problem, json.unreadable);
  // Read only once: compiling a fast parser first would take longer than reading.
  const result = schema.safeParse(json.value, { jitless: true });
  if (result.success) return result.data;
  const problems = fieldProblems(result.error, schema);
  const first = problems[0] ?? { path: '', message: 'is not a registry file' };
  const error = registryProblem(file, first.path, first.message);
  throw new AppError(error.code, error.message, { ...error.details, problems });
}
