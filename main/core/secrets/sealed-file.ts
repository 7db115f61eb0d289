import { z } from 'zod';
import { AppError } from '../lib/app-error.ts';
import { isObject, type JsonObject } from '../lib/json.ts';
import { readJson, unreadable } from '../lib/files/read-json.ts';
import { quarantineCopy, replaceFile, untilReadable } from '../lib/files/replace-file.ts';

/** One ciphertext. The origin here is only a hint; the authoritative one is encrypted. */
const sealedKey = z.looseObject({
  sealed: z.string().min(1),
  origin: z.string(),
  saved_at: z.string(),
  /** The user's name for it. */
  label: z.string().optional().catch(undefined),
});
export type SealedKey = z.infer<typeof sealedKey>;

/** The ciphertexts by provider. One that does not fit the schema is kept unchanged; here it is null. */
export interface SealedFile {
  keys: ReadonlyMap<string, SealedKey | null>;
  /** The file's other fields, to be written back. */
  raw: JsonObject;
  problem: string | null;
  /** Only a newer panel can read the file, so it must not be replaced. */
  newer: boolean;
}

const version = 1;
/** Accessible only to the owner. */
const rights = 0o600;

function sealedFile(raw: JsonObject, problem: string | null, newer = false): SealedFile {
  const entries = isObject(raw['keys']) && !newer ? Object.entries(raw['keys']) : [];
  const keys = new Map(
    entries.map(([name, value]) => {
      const parsed = sealedKey.safeParse(value);
      return [name, parsed.success ? parsed.data : null] as const;
    }),
  );
  return { keys, raw, problem, newer };
}

export const noKeys: SealedFile = sealedFile({}, null);

/** Validates a file's JSON as saved keys. */
export function asSealedFile(value: unknown): { value: SealedFile } | { problem: string } {
  if (!isObject(value) || !isObject(value['keys'])) return { problem: 'is not a file of saved keys' };
  const found = value['version'];
  if (typeof found === 'number' && found > version)
    return { value: sealedFile(value, `has version ${found}, which a newer panel wrote`, true) };
  return { value: sealedFile(value, found === version ? null : 'has no version') };
}

/**
 * Reads the file from disk, for a change.
 * @throws AppError `file_unreadable` if it cannot be read now
 */
export function readSealedFile(path: string): { file: SealedFile; broken: boolean } {
  const json = readJson(path);
  if (!json.found) return { file: noKeys, broken: false };
  if ('problem' in json && json.unreadable) throw unreadable(path, json.problem);
  const read = 'problem' in json ? json : asSealedFile(json.value);
  if ('problem' in read) return { file: sealedFile({}, read.problem), broken: true };
  return { file: read.value, broken: read.value.problem !== null };
}

/** The entry as stored, so that it can be restored. */
export function rawEntry({ raw }: SealedFile, provider: string): unknown {
  return isObject(raw['keys']) ? raw['keys'][provider] : undefined;
}

/**
 * Writes one entry into the file's current content, atomically; undefined removes it. Calls must not overlap.
 * @param last the keys that were last read; they replace a file that cannot be parsed
 * @returns the path of a copy of such a file, or null
 * @throws AppError `file_unreadable` if it cannot be read or written, or if a newer panel wrote it
 */
export async function writeSealedEntry(
  path: string,
  provider: string,
  entry: unknown,
  last: SealedFile,
  now: number,
): Promise<string | null> {
  await untilReadable([path]);
  const { file, broken } = readSealedFile(path);
  if (file.newer) throw new AppError('file_unreadable', `${path} ${file.problem}`, { file: path });
  const raw = broken && !isObject(file.raw['keys']) ? last.raw : file.raw;
  const { [provider]: _old, ...others } = isObject(raw['keys']) ? raw['keys'] : {};
  const keys = entry === undefined ? others : { ...others, [provider]: entry };
  const copy = broken ? quarantineCopy(path, now) : null;
  await replaceFile(path, `${JSON.stringify({ ...raw, version, keys }, null, 2)}\n`, { mode: rights });
  return copy;
}
