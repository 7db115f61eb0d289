import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/** Writes a whole file or nothing, synced to disk before it takes the old one's place. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeText(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** As `writeJson`, for a text that is ready. @param mode the file's rights; by default those it has */
export async function writeText(path: string, text: string, mode?: number): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  await writeFileAtomic(path, text, { fsync: true, ...(mode === undefined ? {} : { mode }) });
}

/** As `writeText`, for bytes that can be made again: nothing waits for the disk. */
export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  await writeFileAtomic(path, Buffer.from(bytes), { fsync: false });
}

/** Moves a file that cannot be read beside the new one; returns its new name. */
export function keepBroken(path: string, now: number): string {
  const name = `${path}.broken-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  let kept = name;
  for (let n = 2; existsSync(kept); n++) kept = `${name}-${n}`;
  renameSync(path, kept);
  return kept;
}
