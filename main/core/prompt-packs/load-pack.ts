import { basename, join } from 'node:path';
import type { PackProblem } from '../../../contract/user-pack.ts';
import { AppError } from '../lib/app-error.ts';
import { filePart } from '../lib/notice.ts';
import { registryProblem } from '../registry/registry-problem.ts';
import { checkPack, type PackRules } from './check-pack.ts';
import type { Pack } from './pack.ts';
import { readPackFolder } from './files/pack-folder.ts';
import { editedFrom } from './files/pack-texts.ts';

/** Reads and checks one pack's folder: the pack, or all its problems. The folder has the module's name. */
export function readPack(folder: string, rules: PackRules): { pack: Pack | null; problems: PackProblem[] } {
  const { texts, problems: unread } = readPackFolder(folder);
  const { content, problems: broken } = editedFrom(texts);
  const early = [...unread, ...broken];
  if (early.length) return { pack: null, problems: early };
  return checkPack(content, rules, basename(folder));
}

/**
 * Loads one pack's folder.
 * @throws AppError `registry_invalid` with file, path in it, reason; every problem in `details.problems`
 */
export function loadPack(folder: string, rules: PackRules): Pack {
  const { pack, problems } = readPack(folder, rules);
  const [first] = problems;
  if (first) {
    const { file, path, message, message_detail: detail } = first;
    const error = registryProblem(join(folder, file), path, message, { parts: filePart(detail) });
    throw new AppError(error.code, error.message, { ...error.details, problems });
  }
  if (!pack) throw registryProblem(join(folder, 'pack.json'), '', 'is no prompt pack');
  return pack;
}
