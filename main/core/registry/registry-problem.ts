import type { z } from 'zod';
import { AppError } from '../lib/app-error.ts';
import { englishPart, filePart, type ProblemParts } from '../lib/notice.ts';
import { readJson } from '../lib/files/read-json.ts';
import { fieldProblems, refusedValue } from '../lib/validation.ts';

/**
 * The error for a registry file that cannot be used.
 * @param path the place in the file, `providers[1].base`; empty for the whole file
 * @param unreadable it cannot be read now, but may become readable without being changed
 * @param parts the codes of `reason`
 */
export function registryProblem(
  file: string,
  path: string,
  reason: string,
  { unreadable = false, parts = englishPart(reason) }: { unreadable?: boolean; parts?: ProblemParts } = {},
): AppError {
  const where = path ? `${file}, at ${path}` : file;
  return new AppError('registry_invalid', `${where}: ${reason}`, {
    file,
    path,
    reason,
    reason_details: parts,
    ...(unreadable ? { unreadable } : {}),
  });
}

/** What a notice says about a file, from the error of `registryProblem`. */
export function registryNotice({ message, details = {} }: AppError): {
  values: { file: string; path: string | null; problem: string };
  parts: ProblemParts;
} {
  const { file = '', path, reason = message, reason_details: parts = [] } = details;
  const values = { file: String(file), path: path ? String(path) : null, problem: String(reason) };
  return { values, parts: parts as ProblemParts };
}

/** The codes of the whole message of an error of `registryProblem`, which names the file and the path in it. */
export function registryParts({ details = {} }: AppError): ProblemParts {
  const { file, path, reason_details: parts = [] } = details;
  const where = [file, path].filter(Boolean).join(': ');
  return (parts as ProblemParts).map((part) => ({ ...part, ...(where ? { path: where } : {}) }));
}

/**
 * Reads and validates one registry file; undefined if it does not exist.
 * @throws AppError `registry_invalid` with file, path and reason (the first problem; all are in
 * `details.problems`)
 */
export function readRegistryFile<S extends z.ZodType>(file: string, schema: S): z.output<S> | undefined {
  const json = readJson(file);
  if (!json.found) return undefined;
  if ('problem' in json)
    throw registryProblem(file, '', json.problem, {
      unreadable: json.unreadable,
      parts: filePart(json.detail),
    });
  // Read only once: compiling a fast parser first would take longer than reading.
  const result = schema.safeParse(json.value, { jitless: true });
  if (result.success) return result.data;
  const problems = fieldProblems(result.error, schema);
  const first = problems[0] ?? refusedValue('', 'is not a registry file');
  const { path, message, message_detail: detail } = first;
  const error = registryProblem(file, path, message, { parts: filePart(detail) });
  throw new AppError(error.code, error.message, { ...error.details, problems });
}
