import { createHash } from 'node:crypto';
import type { KeyStateRow } from '../database/tables.ts';
import type { Log } from '../lib/log/log.ts';
import { mask, type Redactor } from '../lib/redact.ts';
import { storable } from '../lib/storable.ts';
import type { FoundKey } from './further-keys.ts';
import { keyFingerprint } from './key-fingerprint.ts';
import type { KeyStates } from './key-states.ts';

export interface KeyPoolParts {
  states: KeyStates;
  redactor: Redactor;
  log: Log;
  now(): number;
  /** Called when a key rests, was put aside, or is back in use; only the last two change a warning. */
  onChange(what: 'rests' | 'refused' | 'free'): void;
}

/** How a key stands: it can serve, it rests until a time (milliseconds since 1970), or the provider refused it. */
export type KeyStatus =
  | { state: 'free' }
  | { state: 'cooling'; until: number; reason: string }
  | { state: 'set_aside'; since: number; reason: string };

/** Characters that are kept of what a provider says. */
const maxReason = 300;

/** `••••vLx0 (OPENAI_API_KEY_2)`: enough to find it by, and no more of it. */
export function shownKey({ key, source, id }: FoundKey): string {
  return `${mask(key)} (${source === 'store' ? `saved as ${id}` : source})`;
}

/** Which of a provider's keys can serve, for all processes and machines that share the database. */
export class KeyPool {
  readonly #parts: KeyPoolParts;

  constructor(parts: KeyPoolParts) {
    this.#parts = parts;
  }

  /** How each key stands now, in their order. */
  async statuses(keys: readonly FoundKey[]): Promise<KeyStatus[]> {
    const ids = await Promise.all(keys.map(({ key }) => keyFingerprint(key)));
    const rows = await this.#parts.states.of(ids);
    return ids.map((id) => statusOf(rows.get(id), this.#parts.now()));
  }

  /**
   * The provider has no room for this key until then.
   * @param until milliseconds since 1970
   * @param reason the provider's words
   */
  async cool(provider: string, key: FoundKey, until: number, reason: string): Promise<void> {
    await this.#put(provider, key, { state: 'cooling', until }, reason);
    this.#parts.onChange('rests');
  }

  /** The provider refuses this key: it is tried again only when nothing else is left, or when it is saved anew. */
  async setAside(provider: string, key: FoundKey, reason: string): Promise<void> {
    const { log, redactor, onChange } = this.#parts;
    await this.#put(provider, key, { state: 'set_aside', until: null }, reason);
    log.warn(
      `${provider}: the key ${shownKey(key)} is put aside, as it was refused: ${redactor.redact(reason)}`,
    );
    onChange('refused');
  }

  /** The key was taken, or saved anew. */
  async free({ key }: FoundKey | { key: string }): Promise<void> {
    if (await this.#parts.states.clear(await keyFingerprint(key))) this.#parts.onChange('free');
  }

  /** Looks at the keys of each provider that has several, so that `warnings` has those that were refused before. */
  async look(providersKeys: readonly (readonly FoundKey[])[]): Promise<void> {
    for (const keys of providersKeys) if (keys.length > 1) await this.statuses(keys);
    if (this.#parts.states.setAside.length > 0) this.#parts.onChange('refused');
  }

  /** A line for each key that is put aside, as far as it was seen here. */
  warnings(): string[] {
    return this.#parts.states.setAside.map(
      ({ provider, shown, reason }) =>
        `${provider}: the key ${shown} is put aside, as it was refused (${reason}); replace it, or check it to use it again`,
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
 * A provider's keys in the order in which one project or module tries them. A prefix that a provider has cached belongs
 * to a key, so each project has a favourite: by rendezvous hashing, so that every process and machine finds the same
 * one without asking, projects are spread over the keys, and a key that is added or taken away moves few of them.
 * @param of the project or module; undefined keeps the order they came in
 */
export function inOrderFor(of: string | undefined, keys: readonly FoundKey[]): readonly FoundKey[] {
  if (of === undefined || keys.length < 2) return keys;
  const weighed = keys.map((key) => ({ key, weight: weightOf(of, key) }));
  return weighed.toSorted((a, b) => (a.weight < b.weight ? -1 : 1)).map(({ key }) => key);
}
