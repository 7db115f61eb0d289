import type { Notice } from '../lib/notice.ts';
/** The host's encryption: the system's keyring, or a passphrase. */
export interface Cipher {
  /** Display name, such as `GNOME keyring` or `passphrase file`. Does not access the keyring. */
  readonly name: string;
  /** False if it is known, without accessing the keyring, that encryption is not available. */
  readonly maybeAvailable: boolean;
  /** Whether encryption works now. May access the keyring, which may prompt the user; never rejects. */
  available(): Promise<boolean>;
  /** Rejects if encryption fails. */
  seal(text: string): Promise<string>;
  /** Rejects if decryption fails. `stale` asks for the text to be sealed again, under a newer key. */
  unseal(sealed: string): Promise<{ text: string; stale: boolean }>;
  /** Configuration problems; each names the variable but never its content. */
  warnings(): readonly Notice[];
}
