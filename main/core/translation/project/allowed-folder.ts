import { realpathSync } from 'node:fs';
import { delimiter, dirname, join, relative, resolve, isAbsolute } from 'node:path';
import { AppError } from '../../lib/app-error.ts';
import type { Env } from '../../lib/host/ports.ts';
import type { RequestContext } from '../../lib/request-context.ts';

const variable = 'COMFYVN_LLM_PROJECT_ROOTS';

/** The real path of what is there, and the rest of the way as it is named. */
function realPath(path: string): string {
  let [known, rest] = [resolve(path), ''];
  for (;;) {
    try {
      return join(realpathSync(known), rest);
    } catch {
      const parent = dirname(known);
      if (parent === known) return resolve(path);
      rest = join(known.slice(parent.length), rest);
      known = parent;
    }
  }
}

/** True where `path` is `folder` or lies below it. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

/**
 * Where a caller may point: the command line and the window anywhere, whoever calls over HTTP below the folders that
 * `COMFYVN_LLM_PROJECT_ROOTS` names.
 * @returns the absolute path
 * @throws AppError `invalid_request`
 */
export function allowedFolder(path: string, transport: RequestContext['door'], env: Env): string {
  if (path.includes('\0')) throw new AppError('invalid_request', 'a path has no zero byte');
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
