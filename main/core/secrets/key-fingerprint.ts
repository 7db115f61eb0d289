import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, string, number, Buffer>(scrypt);

/** The same on every machine, because machines share one table. */
const salt = 'comfyvn-llm key state';
const bytes = 16;

/** Cached, because deriving one takes about 50 ms. */
const known = new Map<string, Promise<string>>();
const maxKnown = 1000;

/**
 * A key's fingerprint in the database: 32 hex digits that do not reveal the key. Derived with scrypt rather
 * than a plain hash, so that guessing short keys is slow as well.
 */
export function keyFingerprint(key: string): Promise<string> {
  let fingerprint = known.get(key);
  if (!fingerprint) {
    if (known.size >= maxKnown) known.clear();
    fingerprint = derive(key, salt, bytes).then((derived) => derived.toString('hex'));
    known.set(key, fingerprint);
  }
  return fingerprint;
}
