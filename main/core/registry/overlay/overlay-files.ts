import { basename, join } from 'node:path';
import { overlayFile, type OverlayFile } from '../../../../contract/model-sync.ts';
import { providerEntry } from '../../../../contract/provider.ts';
import { AppError } from '../../lib/app-error.ts';
import { fileName, nameOfFile } from '../../lib/files/file-name.ts';
import { readJson } from '../../lib/files/read-json.ts';
import { readFolder } from '../../lib/files/read-text-file.ts';
import {
  faultParts,
  fieldParts,
  filePart,
  notice,
  type ComposedFault,
  type Notice,
} from '../../lib/notice.ts';
import { replaceFile } from '../../lib/files/replace-file.ts';
import { isObject } from '../../lib/json.ts';
import { fieldProblems, problemsText } from '../../lib/validation.ts';

/** Larger than any real list; a larger file is not parsed. */
const maxFileBytes = 16 * 1024 * 1024;

export type OverlayRead =
  | { found: false }
  | { found: true; file: OverlayFile }
  | ({ found: true; unreadable: boolean } & ComposedFault);

/** The overlay files by provider, and whether one could not be read. */
export interface OverlayFiles {
  files: ReadonlyMap<string, OverlayFile>;
  unreadable: boolean;
}

/** The folder of facts from providers' lists: one file per provider. */
function overlaysFolder(runtimeRoot: string): string {
  return join(runtimeRoot, 'config', 'llm', 'overlays');
}

/** @throws AppError `unknown_provider` for a name that no provider, and no file, can have */
export function overlayPath(runtimeRoot: string, provider: string): string {
  if (!providerEntry.shape.name.safeParse(provider).success)
    throw new AppError('unknown_provider', `no provider is called ${JSON.stringify(provider.slice(0, 100))}`);
  return join(overlaysFolder(runtimeRoot), `${fileName(provider)}.json`);
}

/** Validates a value as a provider's overlay file. */
export function asOverlay(value: unknown, provider: string): { file: OverlayFile } | ComposedFault {
  const version = isObject(value) ? value['version'] : undefined;
  if (typeof version === 'number' && version > 1)
    return { problem: `has version ${version}, which a newer panel wrote` };
  const parsed = overlayFile.safeParse(value);
  if (!parsed.success) {
    const problems = fieldProblems(parsed.error, overlayFile).slice(0, 3);
    return { problem: problemsText(problems), parts: fieldParts(problems) };
  }
  if (parsed.data.provider !== provider)
    return { problem: `contains the facts of "${parsed.data.provider.slice(0, 100)}", not of "${provider}"` };
  const ids = new Set<string>();
  for (const { id } of parsed.data.models) {
    if (ids.has(id)) return { problem: `models: "${id.slice(0, 100)}" is listed twice` };
    ids.add(id);
  }
  return { file: parsed.data };
}

/** Reads one provider's file from disk. Never throws. */
export function readOverlay(path: string): OverlayRead {
  const json = readJson(path, maxFileBytes);
  if (!json.found || 'problem' in json) return json;
  return { found: true, unreadable: false, ...asOverlay(json.value, nameOfFile(basename(path, '.json'))) };
}

/** @throws AppError `invalid_request` if it would be too large, `file_unreadable` if it cannot be written */
export async function writeOverlay(path: string, file: OverlayFile): Promise<void> {
  const text = `${JSON.stringify(file, null, 2)}\n`;
  const tooMany = !overlayFile.shape.models.safeParse(file.models).success;
  if (tooMany || Buffer.byteLength(text) > maxFileBytes)
    throw new AppError('invalid_request', `too much to store for ${file.provider}: accept fewer models`);
  await replaceFile(path, text);
}

/**
 * Loads the overlay files. A damaged one is skipped with an entry in `warnings`.
 * @param before the files as last read: those that cannot be read now keep their content from it
 */
export function loadOverlays(
  runtimeRoot: string,
  warnings: Notice[],
  before: ReadonlyMap<string, OverlayFile> = new Map(),
): OverlayFiles {
  const folder = overlaysFolder(runtimeRoot);
  const read = readFolder(folder);
  if ('problem' in read) {
    const { problem, detail } = read;
    const message = `${folder} ${problem}; the model facts in it are used as they were last read`;
    const values = { folder, problem, content: 'facts' as const };
    warnings.push(notice('folder_unreadable', values, message, filePart(detail)));
    return { files: before, unreadable: true };
  }
  const files = new Map<string, OverlayFile>();
  let unreadable = false;
  for (const name of read.names.filter((one) => one.endsWith('.json'))) {
    const path = join(folder, name);
    const one = readOverlay(path);
    if (!one.found) continue;
    if ('file' in one) {
      files.set(one.file.provider, one.file);
      continue;
    }
    const { problem } = one;
    const values = { path, problem, content: 'facts' as const };
    const parts = faultParts(one);
    if (one.unreadable) {
      unreadable = true;
      const last = before.get(nameOfFile(basename(name, '.json')));
      if (last) files.set(last.provider, last);
      const message = `${path} ${problem}; the model facts in it are ${last ? 'used as they were last read' : 'left out until it can be'}`;
      warnings.push(notice('content_unreadable', { ...values, last: last !== undefined }, message, parts));
    } else {
      const message = `${path}: ${problem}; the model facts in it are left out, and it is kept until you fix or replace it`;
      warnings.push(notice('content_broken', values, message, parts));
    }
  }
  return { files, unreadable };
}
