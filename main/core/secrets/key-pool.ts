import { createHash } from 'node:crypto';
import type { KeyStateRow } from '../database/tables.ts';
import type { Log } from '../lib/log/log.ts';
import { mask, type Redactor } from '../lib/redact.ts';
import { storable } from '../lib/storable.ts';
import type { FoundKey } from './further-keys.ts';
import { keyFingerprint } from './key-fingerprint.ts';
import type { KeyStates } from './key-states.ts';
import { notice, type Notice } from '../lib/notice.ts';

export interface KeyPoolParts {
  states: KeyStates;
  redactor: Redactor;
  log: Log;
  now(): number;
  /**
   * Called when a key starts to rest, was put aside, or is back in use; only the last two change a warning.
   */
  onChange(what: 'rests' | 'refused' | 'free'): void;
}

/** A key's status: free, resting until a time (milliseconds since 1970), or refused by the provider. */
export type KeyStatus =
  | { state: 'free' }
  | { state: 'cooling'; until: number; reason: string }
  | { state: 'set_aside'; since: number; reason: string };

/** Characters stored of a provider's message. */
const maxReason = 300;

/** `••••vLx0 (OPENAI_API_KEY_2)`: enough to identify the key without revealing it. */
export function shownKey({ key, source, id }: FoundKey): string {
  return `${mask(key)} (${source === 'store' ? `saved as ${id}` : source})`;
}

/** Which of a provider's keys are usable, for all processes and machines that share the database. */
export class KeyPool {
  readonly #parts: KeyPoolParts;

  constructor(parts: KeyPoolParts) {
    this.#parts = parts;
  }

  /** The keys' current statuses, in order. */
  async statuses(keys: readonly FoundKey[]): Promise<KeyStatus[]> {
    const ids = await Promise.all(keys.map(({ key }) => keyFingerprint(key)));
    const rows = await this.#parts.states.of(ids);
    return ids.map((id) => statusOf(rows.get(id), this.#parts.now()));
  }

  /**
   * Records that the provider has no room for this key until then.
   * @param until milliseconds since 1970
   * @param reason the provider's message
   */
  async cool(provider: string, key: FoundKey, until: number, reason: string): Promise<void> {
    await this.#put(provider, key, { state: 'cooling', until }, reason);
    this.#parts.onChange('rests');
  }

  /**
   * Records that the provider refuses this key. It is tried again only if no other key is left, or after it
   * is saved again.
   */
  async setAside(provider: string, key: FoundKey, reason: string): Promise<void> {
    const { log, redactor, onChange } = this.#parts;
    await this.#put(provider, key, { state: 'set_aside', until: null }, reason);
    log.warn(
      `${provider}: the key ${shownKey(key)} is put aside, as it was refused: ${redactor.redact(reason)}`,
    );
    onChange('refused');
  }

  /** Records that the key was accepted, or saved again. */
  async free({ key }: FoundKey | { key: string }): Promise<void> {
    if (await this.#parts.states.clear(await keyFingerprint(key))) this.#parts.onChange('free');
  }

  /**
   * Reads the statuses of each provider with several keys, so that `warnings` includes keys refused earlier.
   */
  async look(providersKeys: readonly (readonly FoundKey[])[]): Promise<void> {
    for (const keys of providersKeys) if (keys.length > 1) await this.statuses(keys);
    if (this.#parts.states.setAside.length > 0) this.#parts.onChange('refused');
  }

  /** One line for each key that is put aside, as far as this process knows. */
  warnings(): Notice[] {
    return this.#parts.states.setAside.map(({ provider, shown, reason }) =>
      notice(
        'key_put_aside',
        { provider, key: shown, reason },
        `${provider}: the key ${shown} is put aside, as it was refused (${reason}); replace it, or check it to use it again`,
      ),
    );
  }

  async #put(
    provider: string,
    found: FoundKey,
    to: Pick<KeyStateRow, 'state' | 'until'>,
    reason: string,
  ): Promise<void> {
    const { states, redactor, now } = this.#parts;
    const id = await keyFingerprint(found.key);
    const words = storable(redactor.redact(reason), maxReason);
    await states.put({ id, provider, ...to, shown: shownKey(found), reason: words, at: now() });
  }
}

function statusOf(row: KeyStateRow | undefined, now: number): KeyStatus {
  if (!row) return { state: 'free' };
  const { state, until, reason, at } = row;
  if (state === 'set_aside') return { state, since: at, reason };
  return until !== null && until > now ? { state, until, reason } : { state: 'free' };
}

const weightOf = (of: string, { key }: FoundKey) =>
  createHash('sha256').update(`${of}\n${key}`).digest('hex');

/**
 * A provider's keys in the order in which a project or module tries them. A provider's prompt cache belongs
 * to a key, so each project has a preferred key. Rendezvous hashing picks it, so every process and machine
 * gets the same result without coordination, projects are spread over the keys, and adding or removing a key
 * moves few of them.
 * @param of the project or module; undefined keeps the given order
 */
export function inOrderFor(of: string | undefined, keys: readonly FoundKey[]): readonly FoundKey[] {
  if (of === undefined || keys.length < 2) return keys;
  const weighed = keys.map((key) => ({ key, weight: weightOf(of, key) }));
  return weighed.toSorted((a, b) => (a.weight < b.weight ? -1 : 1)).map(({ key }) => key);
}
