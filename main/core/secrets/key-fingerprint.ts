import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, string, number, Buffer>(scrypt);

/** The same on every machine: they share one table. */
const salt = 'comfyvn-llm key state';
const bytes = 16;

/** Deriving one takes some 50 ms, so each is derived once. */
const known = new Map<string, Promise<string>>();
const maxKnown = 1000;

/**
 * What stands for a key in the database: 32 hex digits, from which the key cannot be found. By scrypt and not by a plain
 * hash, so that trying short keys out takes too long as well.
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
