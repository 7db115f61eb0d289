import { z } from 'zod';
import { AppError } from '../lib/app-error.ts';
import type { KeptKey, SecretStore, StoredKey, UndoKeyChange } from '../lib/ports.ts';
import { InTurn } from '../lib/mutex.ts';
import type { Cipher } from './cipher.ts';
import {
  rawEntry,
  readSealedFile,
  writeSealedEntry,
  type SealedFile,
  type SealedKey,
} from './sealed-file.ts';

/** What is encrypted: a ciphertext moved under another name, or told another origin, is worth nothing. */
const content = z.object({ provider: z.string(), origin: z.string(), key: z.string().min(1) });

export interface SealedStoreParts {
  /** The file, made when the first key is saved. */
  path: string;
  cipher: Cipher;
  now(): number;
}

/** What became of one ciphertext. */
interface Opened {
  sealed: string;
  /** null: locked. */
  value: StoredKey | null;
  stale: boolean;
}

/** A provider's key as it stands, decrypted or not. */
interface Snapshot {
  session: StoredKey | undefined;
  entry: unknown;
}

const isSame = (a: Snapshot, b: Snapshot) =>
  a.session === b.session && JSON.stringify(a.entry) === JSON.stringify(b.entry);

/** Saved keys in one file, each encrypted by what the host has; for this session only where that does not work. */
export class SealedStore implements SecretStore {
  readonly #parts: SealedStoreParts;
  readonly #turn = new InTurn();
  readonly #session = new Map<string, StoredKey>();
  readonly #opened = new Map<string, Opened>();
  #file: SealedFile | undefined;
  #works: boolean | undefined;
  #opening: Promise<void> | undefined;
  #movedTo: string | null = null;

  constructor(parts: SealedStoreParts) {
    this.#parts = parts;
  }

  get backend(): string {
    const { cipher } = this.#parts;
    return cipher.thinkable && this.#works !== false ? cipher.name : 'session';
  }

  #current(): SealedFile {
    return (this.#file ??= readSealedFile(this.#parts.path));
  }

  kept(provider: string): KeptKey | null {
    const session = this.#session.get(provider);
    if (session) return { state: 'ready', origin: session.origin };
    const { keys } = this.#current();
    const entry = keys.get(provider);
    if (entry === undefined) return null;
    if (entry === null) return { state: 'locked', origin: null, lockedBy: 'key' };
    const opened = this.#opened.get(provider);
    const known = opened?.sealed === entry.sealed;
    if (known && opened.value) return { state: 'ready', origin: opened.value.origin };
    if (known) return { state: 'locked', origin: entry.origin, lockedBy: 'key' };
    const shut = this.#works === false || !this.#parts.cipher.thinkable;
    return shut
      ? { state: 'locked', origin: entry.origin, lockedBy: 'store' }
      : { state: 'sealed', origin: entry.origin };
  }

  get(provider: string): StoredKey | null {
    if (this.kept(provider)?.state !== 'ready') return null;
    return this.#session.get(provider) ?? this.#opened.get(provider)?.value ?? null;
  }

  open(): Promise<void> {
    return (this.#opening ??= this.#openAll());
  }

  async #openAll(): Promise<void> {
    const { keys } = this.#current();
    if (keys.size === 0 || !(await this.#available())) return;
    for (const [provider, entry] of keys) await this.#openOne(provider, entry);
    for (const [provider, { value, stale }] of this.#opened)
      if (value && stale) await this.#turn.run(() => this.#seal(provider, value)).catch(() => {});
  }

  async #available(): Promise<boolean> {
    const { cipher } = this.#parts;
    return (this.#works = cipher.thinkable && (await cipher.available()));
  }

  async #openOne(provider: string, entry: SealedKey | null): Promise<void> {
    if (!entry || this.#opened.get(provider)?.sealed === entry.sealed) return;
    const { sealed } = entry;
    try {
      const { text, stale } = await this.#parts.cipher.unseal(sealed);
      const { provider: owner, origin, key } = content.parse(JSON.parse(text));
      this.#opened.set(provider, { sealed, value: owner === provider ? { key, origin } : null, stale });
    } catch {
      // What the keyring says of it tells nobody more than that it does not open.
      this.#opened.set(provider, { sealed, value: null, stale: false });
    }
  }

  async #seal(provider: string, { key, origin }: StoredKey): Promise<void> {
    const { cipher, now } = this.#parts;
    const text = JSON.stringify({ provider, origin, key });
    const sealed = await cipher.seal(text);
    // Nothing is replaced by what could not be read again.
    if ((await cipher.unseal(sealed)).text !== text) throw new Error('the ciphertext does not open again');
    await this.#write(provider, { sealed, origin, saved_at: new Date(now()).toISOString() });
    this.#opened.set(provider, { sealed, value: { key, origin }, stale: false });
  }

  async #write(provider: string, entry: unknown): Promise<void> {
    const { path, now } = this.#parts;
    this.#movedTo = (await writeSealedEntry(path, provider, entry, now())) ?? this.#movedTo;
    this.#file = readSealedFile(path);
  }

  #snapshot(provider: string): Snapshot {
    const entry = rawEntry(readSealedFile(this.#parts.path), provider);
    return { session: this.#session.get(provider), entry };
  }

  /** The way back to what was there before, locked or not. */
  #undo(provider: string, before: Snapshot): UndoKeyChange {
    const after = this.#snapshot(provider);
    return {
      check: () => {
        if (!isSame(this.#snapshot(provider), after))
          throw new AppError(
            'invalid_request',
            `the key of ${provider} was changed again since; undo that first`,
          );
      },
      run: () => this.#turn.run(() => this.#putBack(provider, before)),
    };
  }

  async #putBack(provider: string, before: Snapshot): Promise<void> {
    if (!isSame(this.#snapshot(provider), { ...before, session: this.#session.get(provider) }))
      await this.#write(provider, before.entry);
    if (before.session) this.#session.set(provider, before.session);
    else this.#session.delete(provider);
    await this.#openOne(provider, this.#current().keys.get(provider) ?? null);
  }

  async set(
    provider: string,
    value: StoredKey,
    { replaceLocked = false }: { replaceLocked?: boolean } = {},
  ): Promise<UndoKeyChange> {
    await this.open();
    return this.#turn.run(async () => {
      const before = this.#snapshot(provider);
      if (!(await this.#available())) {
        this.#session.set(provider, value);
        return this.#undo(provider, before);
      }
      // Another process may have written since: its keys count as much as ours.
      this.#file = readSealedFile(this.#parts.path);
      await this.#openOne(provider, this.#current().keys.get(provider) ?? null);
      const locked = this.kept(provider)?.state === 'locked';
      if (locked && !replaceLocked)
        throw new AppError(
          'key_locked',
          `the key saved for ${provider} cannot be decrypted; saving another one would lose it, so say that it is to be replaced`,
          { provider },
        );
      await this.#seal(provider, value);
      this.#session.delete(provider);
      return this.#undo(provider, before);
    });
  }

  remove(provider: string): Promise<UndoKeyChange> {
    return this.#turn.run(async () => {
      const before = this.#snapshot(provider);
      const { keys } = (this.#file = readSealedFile(this.#parts.path));
      // A session's key stands before one that is locked: taking it away is not meant for that one.
      if (!this.#session.delete(provider) && keys.has(provider)) await this.#write(provider, undefined);
      return this.#undo(provider, before);
    });
  }

  warnings(): readonly string[] {
    const { path, cipher } = this.#parts;
    const { problem, newer } = this.#current();
    const then = newer
      ? 'it is left as it is, and no key can be saved'
      : 'the keys in it are not used; it is kept beside the new one once a key is saved';
    return [
      ...cipher.warnings(),
      ...(problem ? [`${path}: ${problem}; ${then}`] : []),
      ...(this.#movedTo ? [`the file of saved keys could not be read; it is kept as ${this.#movedTo}`] : []),
    ];
  }
}
