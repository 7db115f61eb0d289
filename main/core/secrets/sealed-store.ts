import { z } from 'zod';
import { AppError } from '../lib/app-error.ts';
import type { KeptKey, SaveKeyOptions, SecretStore, StoredKey, UndoKeyChange } from '../lib/host/ports.ts';
import type { FolderLock } from '../lib/files/folder-lock.ts';
import { isObject } from '../lib/json.ts';
import { faultParts, notice, type Notice } from '../lib/notice.ts';
import { LiveJson } from '../lib/files/live-json.ts';
import type { Cipher } from './cipher.ts';
import { labelled, type SessionKey } from './session-secrets.ts';
import {
  asSealedFile,
  noKeys,
  rawEntry,
  readSealedFile,
  writeSealedEntry,
  type SealedFile,
  type SealedKey,
} from './sealed-file.ts';

/** The encrypted content, so a ciphertext moved to another name or origin does not decrypt. */
const content = z.object({ provider: z.string(), origin: z.string(), key: z.string().min(1) });

export interface SealedStoreParts {
  /** The file, created when the first key is saved. */
  path: string;
  cipher: Cipher;
  /** Excludes other processes while the file is changed. */
  lock: FolderLock;
  now(): number;
}

/** The result of decrypting one ciphertext. */
interface Opened {
  sealed: string;
  /** null: locked. */
  value: StoredKey | null;
  stale: boolean;
}

/** The current state of a provider's key, decrypted or not. */
interface Snapshot {
  session: SessionKey | undefined;
  entry: unknown;
}

const isSame = (a: Snapshot, b: Snapshot) =>
  a.session === b.session && JSON.stringify(a.entry) === JSON.stringify(b.entry);

/**
 * Saved keys in one file, each encrypted by the host's cipher. If that does not work, keys are kept for this
 * session only.
 */
export class SealedStore implements SecretStore {
  readonly #parts: SealedStoreParts;
  readonly #session = new Map<string, SessionKey>();
  readonly #opened = new Map<string, Opened>();
  /** Another process may save a key at any time, so the file is checked on every access. */
  readonly #file: LiveJson<SealedFile>;
  #works: boolean | undefined;
  #opening: { file: SealedFile; done: Promise<boolean> } | undefined;
  #movedTo: string | null = null;

  constructor(parts: SealedStoreParts) {
    this.#parts = parts;
    this.#file = new LiveJson({ path: parts.path, missing: noKeys, parse: asSealedFile });
  }

  get backend(): string {
    const { cipher } = this.#parts;
    return cipher.maybeAvailable && this.#works !== false ? cipher.name : 'session';
  }

  #current(): SealedFile {
    return this.#file.current;
  }

  names(): readonly string[] {
    return [...new Set([...this.#session.keys(), ...this.#current().keys.keys()])];
  }

  kept(provider: string): KeptKey | null {
    const session = this.#session.get(provider);
    const entry = this.#current().keys.get(provider);
    const label = (session ?? entry)?.label;
    const saved = session
      ? { state: 'ready' as const, origin: session.origin }
      : this.#inFile(provider, entry);
    return saved && label ? { ...saved, label } : saved;
  }

  /** @param entry undefined: there is none; null: an invalid one */
  #inFile(provider: string, entry: SealedKey | null | undefined): KeptKey | null {
    if (entry === undefined) return null;
    if (entry === null) return { state: 'locked', origin: null, lockedBy: 'key' };
    const opened = this.#opened.get(provider);
    const known = opened?.sealed === entry.sealed;
    if (known && opened.value) return { state: 'ready', origin: opened.value.origin };
    if (known) return { state: 'locked', origin: entry.origin, lockedBy: 'key' };
    const shut = this.#works === false || !this.#parts.cipher.maybeAvailable;
    return shut
      ? { state: 'locked', origin: entry.origin, lockedBy: 'store' }
      : { state: 'sealed', origin: entry.origin };
  }

  get(provider: string): StoredKey | null {
    if (this.kept(provider)?.state !== 'ready') return null;
    const session = this.#session.get(provider);
    return session ? labelled(session, undefined) : (this.#opened.get(provider)?.value ?? null);
  }

  async open(): Promise<boolean> {
    const file = this.#current();
    if (this.#opening?.file === file) {
      await this.#opening.done;
      return false;
    }
    this.#opening = { file, done: this.#openAll(file) };
    return this.#opening.done;
  }

  async #openAll({ keys }: SealedFile): Promise<boolean> {
    const closed = [...keys].filter(([provider, entry]) => !this.#isOpened(provider, entry));
    if (closed.length === 0 || !(await this.#available())) return closed.length > 0;
    for (const [provider, entry] of closed) await this.#openOne(provider, entry);
    for (const [provider, { sealed, value, stale }] of this.#opened)
      if (value && stale)
        await this.#parts.lock.run(() => this.#sealAgain(provider, sealed, value)).catch(() => {});
    return true;
  }

  #isOpened(provider: string, entry: SealedKey | null): boolean {
    return entry === null || this.#opened.get(provider)?.sealed === entry.sealed;
  }

  /** Encrypts a ciphertext of an older form again, unless another process has saved another key meanwhile. */
  async #sealAgain(provider: string, sealed: string, value: StoredKey): Promise<void> {
    const { file } = readSealedFile(this.#parts.path);
    if (file.keys.get(provider)?.sealed === sealed)
      await this.#save(provider, value, await this.#sealed(provider, value), undefined);
  }

  async #available(): Promise<boolean> {
    const { cipher } = this.#parts;
    return (this.#works = cipher.maybeAvailable && (await cipher.available()));
  }

  async #openOne(provider: string, entry: SealedKey | null): Promise<void> {
    if (!entry || this.#isOpened(provider, entry)) return;
    const { sealed } = entry;
    try {
      const { text, stale } = await this.#parts.cipher.unseal(sealed);
      const { provider: owner, origin, key } = content.parse(JSON.parse(text));
      this.#opened.set(provider, { sealed, value: owner === provider ? { key, origin } : null, stale });
    } catch {
      // The keyring's own error says nothing more useful than that it cannot be opened.
      this.#opened.set(provider, { sealed, value: null, stale: false });
    }
  }

  /** Takes up to a second, because a passphrase is deliberately slow to test. */
  async #sealed(provider: string, { key, origin }: StoredKey): Promise<string> {
    const { cipher } = this.#parts;
    const text = JSON.stringify({ provider, origin, key });
    const sealed = await cipher.seal(text);
    // Never replace a key with a ciphertext that cannot be decrypted.
    if ((await cipher.unseal(sealed)).text !== text)
      throw new Error('the ciphertext cannot be decrypted again');
    return sealed;
  }

  /** @param label undefined: unchanged */
  async #save(provider: string, value: StoredKey, sealed: string, label: string | undefined): Promise<void> {
    const saved_at = new Date(this.#parts.now()).toISOString();
    const name = label ?? this.#current().keys.get(provider)?.label;
    const entry = { sealed, origin: value.origin, saved_at, ...(name ? { label: name } : {}) };
    await this.#write(provider, entry);
    this.#opened.set(provider, { sealed, value, stale: false });
  }

  /** @throws AppError `key_locked` if the existing key would be lost */
  #checkReplaceable(provider: string, replaceLocked: boolean): void {
    if (replaceLocked || this.kept(provider)?.state !== 'locked') return;
    throw new AppError(
      'key_locked',
      `the key saved for ${provider} cannot be decrypted, and saving another one would lose it: confirm that it is to be replaced`,
      { provider },
    );
  }

  async #write(provider: string, entry: unknown): Promise<void> {
    const { path, now } = this.#parts;
    this.#movedTo = (await writeSealedEntry(path, provider, entry, this.#current(), now())) ?? this.#movedTo;
    this.#file.refresh();
  }

  /** The file's current content; as last read if it cannot be read now. */
  #now(): SealedFile {
    this.#file.refresh();
    return this.#current();
  }

  #snapshot(provider: string): Snapshot {
    const entry = rawEntry(this.#now(), provider);
    return { session: this.#session.get(provider), entry };
  }

  /** Restores the previous key, locked or not. */
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
      run: () => this.#putBack(provider, before),
    };
  }

  async #putBack(provider: string, before: Snapshot): Promise<void> {
    if (!isSame(this.#snapshot(provider), { ...before, session: this.#session.get(provider) }))
      await this.#parts.lock.run(() => this.#write(provider, before.entry));
    if (before.session) this.#session.set(provider, before.session);
    else this.#session.delete(provider);
    await this.#openOne(provider, this.#current().keys.get(provider) ?? null);
  }

  async set(
    provider: string,
    value: StoredKey,
    { replaceLocked = false, label }: SaveKeyOptions = {},
  ): Promise<UndoKeyChange> {
    await this.open();
    if (!(await this.#available())) {
      const before = this.#snapshot(provider);
      this.#session.set(provider, labelled(value, label ?? this.kept(provider)?.label));
      return this.#undo(provider, before);
    }
    this.#checkReplaceable(provider, replaceLocked);
    // Encrypts before taking the lock, so that other changes do not wait.
    const sealed = await this.#sealed(provider, value);
    return this.#parts.lock.run(async () => {
      // Another process may have written meanwhile, and its keys must be kept.
      const before = this.#snapshot(provider);
      await this.#openOne(provider, this.#current().keys.get(provider) ?? null);
      this.#checkReplaceable(provider, replaceLocked);
      await this.#save(provider, value, sealed, label);
      this.#session.delete(provider);
      return this.#undo(provider, before);
    });
  }

  async rename(provider: string, label: string): Promise<UndoKeyChange> {
    const session = this.#session.get(provider);
    if (session) {
      const before = this.#snapshot(provider);
      this.#session.set(provider, labelled(session, label));
      return this.#undo(provider, before);
    }
    return this.#parts.lock.run(async () => {
      const before = this.#snapshot(provider);
      if (!isObject(before.entry)) throw new AppError('not_found', `no key is saved as ${provider}`);
      const { label: _old, ...entry } = before.entry;
      await this.#write(provider, label ? { ...entry, label } : entry);
      return this.#undo(provider, before);
    });
  }

  async remove(provider: string): Promise<UndoKeyChange> {
    const session = this.#snapshot(provider);
    // A session key hides a locked one. Removing it must not remove the locked one.
    if (this.#session.delete(provider)) return this.#undo(provider, session);
    return this.#parts.lock.run(async () => {
      const before = this.#snapshot(provider);
      if (this.#current().keys.has(provider)) await this.#write(provider, undefined);
      return this.#undo(provider, before);
    });
  }

  warnings(): readonly Notice[] {
    const { path, cipher } = this.#parts;
    const { problem: inFile, newer, keys } = this.#current();
    const problem = this.#file.problem ?? inFile;
    const used = keys.size ? 'the keys that were last read from it are used' : 'the keys in it are not used';
    const then = newer
      ? 'it is left as it is, and no key can be saved'
      : this.#file.unreadable
        ? `${used}, and no key can be saved until it can be read`
        : `${used}; a copy of it is kept once a key is saved`;
    const saving = newer ? 'never' : this.#file.unreadable ? 'once_readable' : 'copy';
    const copy = this.#movedTo;
    const warnings = [...cipher.warnings()];
    if (problem) {
      const values = { file: path, problem, used: keys.size > 0, saving } as const;
      const parts = faultParts({ ...this.#file.fault, problem });
      warnings.push(notice('key_file_broken', values, `${path}: ${problem}; ${then}`, parts));
    }
    if (copy) {
      const message = `the file of saved keys could not be parsed; a copy of it is kept as ${copy}`;
      warnings.push(notice('key_file_copied', { copy }, message));
    }
    return warnings;
  }
}
