import { existsSync, mkdirSync } from 'node:fs';
import { isAbsolute, join, normalize } from 'node:path';
import type { About } from '../../../contract/operations/app.ts';
import { AppError } from '../lib/app-error.ts';
import type { Ports } from '../lib/host/ports.ts';

/** Inserted by the build. */
declare const SHIPPED_PARTS: About['parts'] | undefined;

const shown = ['electron', 'chrome', 'node', 'v8'] as const;

/** Version and runtime facts for a bug report. */
export function aboutOf({ version, desktop }: Pick<Ports, 'version' | 'desktop'>): About {
  const { versions } = process;
  return {
    version,
    license: 'MIT',
    platform: `${process.platform} ${process.arch}`,
    runtime: shown.flatMap((name) => (versions[name] ? [{ name, version: versions[name] }] : [])),
    parts: typeof SHIPPED_PARTS === 'undefined' ? [] : SHIPPED_PARTS,
    opens_folders: desktop !== undefined,
  };
}

const folders = { data: '', config: 'config', logs: 'logs' } as const;

/**
 * Opens a folder under the runtime root in the file manager.
 * @throws AppError `invalid_request` in a process without a desktop, `file_unreadable` if it cannot be opened
 */
export async function openFolder(
  { desktop, paths }: Pick<Ports, 'desktop' | 'paths'>,
  folder: keyof typeof folders,
): Promise<{ path: string }> {
  if (!desktop)
    throw new AppError('invalid_request', 'folders are opened by the desktop app only; the path is shown');
  const path = join(paths.runtimeRoot, folders[folder]);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch {
    // The file manager reports what is wrong with the folder.
  }
  const problem = await desktop.openFolder(path);
  if (problem) throw new AppError('file_unreadable', `${path} cannot be opened (${problem})`, { file: path });
  return { path };
}

/**
 * Shows a file in the file manager.
 * @param path absolute
 * @throws AppError `invalid_request` in a process without a desktop, `not_found` if there is no such file
 */
export function showFile({ desktop }: Pick<Ports, 'desktop'>, path: string): { path: string } {
  if (!desktop?.showFile)
    throw new AppError('invalid_request', 'files are shown by the desktop app only; the path is shown');
  const file = normalize(path);
  if (!isAbsolute(file) || !existsSync(file))
    throw new AppError('not_found', `there is no file ${file} any more`, { file });
  desktop.showFile(file);
  return { path: file };
}

/** @throws AppError `invalid_request` in a process without a desktop */
export async function choosePaths(
  { desktop }: Pick<Ports, 'desktop'>,
  kind: 'folder' | 'files',
): Promise<{ paths: string[] }> {
  if (!desktop?.choosePaths)
    throw new AppError('invalid_request', 'folders are chosen in the desktop app only; upload files instead');
  return { paths: await desktop.choosePaths(kind) };
}
