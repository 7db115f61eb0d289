import { realpathSync } from 'node:fs';
import { delimiter, dirname, join, relative, resolve, isAbsolute } from 'node:path';
import { AppError } from '../../lib/app-error.ts';
import type { Env } from '../../lib/host/ports.ts';
import type { RequestContext } from '../../lib/request-context.ts';

const variable = 'COMFYVN_LLM_PROJECT_ROOTS';

/** Resolves links in the existing part of a path; the rest is appended unchanged. */
function realPath(path: string): string {
  let [existing, missing] = [resolve(path), ''];
  for (;;) {
    try {
      return join(realpathSync(existing), missing);
    } catch {
      const parent = dirname(existing);
      if (parent === existing) return resolve(path);
      missing = join(existing.slice(parent.length), missing);
      existing = parent;
    }
  }
}

/** True if `path` is `folder` or is inside it. */
export function isWithin(folder: string, path: string): boolean {
  const relativePath = relative(folder, path);
  return relativePath === '' || (!relativePath.startsWith('..') && !isAbsolute(relativePath));
}

/**
 * Checks a path that a caller names. The command line and the window may name any folder. Over HTTP, the folder must be
 * inside one of those in `COMFYVN_LLM_PROJECT_ROOTS`.
 * @returns the absolute path
 * @throws AppError `invalid_request`
 */
export function allowedFolder(path: string, transport: RequestContext['door'], env: Env): string {
  if (path.includes('\0')) throw new AppError('invalid_request', 'a path cannot contain a zero byte');
  if (transport !== 'http') return resolve(path);
  const real = realPath(path);
  const roots = (env[variable] ?? '').split(delimiter).filter((root) => root.trim() !== '');
  if (isAbsolute(path) && roots.some((root) => isWithin(realPath(root), real))) return real;
  throw new AppError(
    'invalid_request',
    `this folder may not be named over HTTP: choose it in the desktop app or with comfyvn-llm translate, or put it below a folder that ${variable} names`,
    { variable },
  );
}
