import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { overlayFile, type OverlayFile } from '../../../../contract/model-sync.ts';
import { providerEntry } from '../../../../contract/provider.ts';
import { AppError } from '../../lib/app-error.ts';
import { writeText } from '../../lib/atomic-files.ts';
import { readJson } from '../../lib/read-json.ts';
import { isObject } from '../../lib/json.ts';
import { fieldProblems, problemsText } from '../../lib/validation.ts';

/** Beyond any real list; a larger file is not even parsed. */
const maxFileBytes = 16 * 1024 * 1024;

export type OverlayRead =
  | { found: false }
  | { found: true; file: OverlayFile }
  | { found: true; problem: string };

/** Where the facts taken over from providers' lists are: a file for each provider. */
function overlaysFolder(runtimeRoot: string): string {
  return join(runtimeRoot, 'config', 'llm', 'overlays');
}

/** @throws AppError `unknown_provider` for what cannot be a provider's name, nor a file's */
export function overlayPath(runtimeRoot: string, provider: string): string {
  if (!providerEntry.shape.name.safeParse(provider).success)
    throw new AppError('unknown_provider', `no provider is called ${JSON.stringify(provider.slice(0, 100))}`);
  return join(overlaysFolder(runtimeRoot), `${provider}.json`);
}

function asOverlay(value: unknown, provider: string): { file: OverlayFile } | { problem: string } {
  const version = isObject(value) ? value['version'] : undefined;
  if (typeof version === 'number' && version > 1)
    return { problem: `is of version ${version}, which a newer panel wrote` };
  const parsed = overlayFile.safeParse(value);
  if (!parsed.success) return { problem: problemsText(fieldProblems(parsed.error, overlayFile).slice(0, 3)) };
  if (parsed.data.provider !== provider)
    return { problem: `holds the facts of "${parsed.data.provider.slice(0, 100)}", not of "${provider}"` };
  const ids = new Set<string>();
  for (const { id } of parsed.data.models) {
    if (ids.has(id)) return { problem: `models: "${id.slice(0, 100)}" is there twice` };
    ids.add(id);
  }
  return { file: parsed.data };
}

/** One provider's file as it is on disk. Never throws. */
export function readOverlay(path: string): OverlayRead {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > maxFileBytes) return { found: true, problem: `is larger than ${maxFileBytes / 1024 / 1024} MB` };
  const json = readJson(path);
  if (!json.found || 'problem' in json) return json;
  return { found: true, ...asOverlay(json.value, basename(path, '.json')) };
}

/** @throws AppError `invalid_request` when it would be too large, `file_unreadable` when it cannot be written */
export async function writeOverlay(path: string, file: OverlayFile): Promise<void> {
  const text = `${JSON.stringify(file, null, 2)}\n`;
  const tooMany = !overlayFile.shape.models.safeParse(file.models).success;
  if (tooMany || Buffer.byteLength(text) > maxFileBytes)
    throw new AppError('invalid_request', `too much to keep for ${file.provider}: accept fewer models`);
  try {
    await writeText(path, text);
  } catch (error) {
    throw new AppError(
      'file_unreadable',
      `${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
      { file: path },
    );
  }
}

/** Every provider's file by provider; one that is damaged is left out and said so in `warnings`. */
export function loadOverlays(runtimeRoot: string, warnings: string[]): Map<string, OverlayFile> {
  const files = new Map<string, OverlayFile>();
  let names: string[];
  try {
    names = readdirSync(overlaysFolder(runtimeRoot))
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch {
    return files;
  }
  for (const name of names) {
    const path = join(overlaysFolder(runtimeRoot), name);
    const read = readOverlay(path);
    if (!read.found) continue;
    if ('file' in read) files.set(read.file.provider, read.file);
    else
      warnings.push(
        `${path}: ${read.problem}; the model facts in it are left out, and it is kept until you mend or replace it`,
      );
  }
  return files;
}
