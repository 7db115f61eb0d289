import { z } from 'zod';
import { AppError } from '../lib/app-error.ts';
import { keepBroken, writeText } from '../lib/atomic-files.ts';
import { readJson } from '../lib/read-json.ts';
import { isObject, type JsonObject } from '../lib/json.ts';

/** One ciphertext. The origin here is only a hint: the one that counts is inside. */
const sealedKey = z.looseObject({ sealed: z.string().min(1), origin: z.string(), saved_at: z.string() });
export type SealedKey = z.infer<typeof sealedKey>;

/** The ciphertexts by provider. One that does not fit the schema is kept as it is: null stands for it. */
export interface SealedFile {
  keys: ReadonlyMap<string, SealedKey | null>;
  /** What the file holds besides, to be written back. */
  raw: JsonObject;
  problem: string | null;
  /** Only a newer panel can read it, so it must not be replaced. */
  newer: boolean;
}

const version = 1;
/** For its owner only. */
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

/** The file as it is on disk. Never throws: what cannot be read is empty, with a `problem`. */
export function readSealedFile(path: string): SealedFile {
  const json = readJson(path);
  if (!json.found) return sealedFile({}, null);
  if ('problem' in json) return sealedFile({}, json.problem);
  const { value } = json;
  if (!isObject(value) || !isObject(value['keys'])) return sealedFile({}, 'is not a file of saved keys');
  const found = value['version'];
  if (typeof found === 'number' && found > version)
    return sealedFile(value, `is of version ${found}, which a newer panel wrote`, true);
  return sealedFile(value, found === version ? null : 'does not say which version it is');
}

/** The entry as the file has it, for putting it back. */
export function rawEntry({ raw }: SealedFile, provider: string): unknown {
  return isObject(raw['keys']) ? raw['keys'][provider] : undefined;
}

/**
 * Writes one entry (undefined takes it away) into the file as it is now, whole or not at all.
 * @returns where a file that could not be read was moved, or null
 * @throws AppError `file_unreadable` when it cannot be written, or only a newer panel may
 */
export async function writeSealedEntry(
  path: string,
  provider: string,
  entry: unknown,
  now: number,
): Promise<string | null> {
  const file = readSealedFile(path);
  if (file.newer) throw new AppError('file_unreadable', `${path} ${file.problem}`, { file: path });
  const { [provider]: _old, ...others } = isObject(file.raw['keys']) ? file.raw['keys'] : {};
  const keys = entry === undefined ? others : { ...others, [provider]: entry };
  try {
    const kept = file.problem ? keepBroken(path, now) : null;
    await writeText(path, `${JSON.stringify({ ...file.raw, version, keys }, null, 2)}\n`, rights);
    return kept;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new AppError('file_unreadable', `${path} cannot be written (${code}): the key was not saved`, {
      file: path,
    });
  }
}
