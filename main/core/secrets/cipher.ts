/** What a host can encrypt with: the system's keyring, or a passphrase. */
export interface Cipher {
  /** As people know it: `GNOME keyring`, `passphrase file`. Asks nobody. */
  readonly name: string;
  /** False where it is known, without asking, that there is nothing to encrypt with. */
  readonly maybeAvailable: boolean;
  /** Whether it works now. May ask the keyring, and through it a person; never rejects. */
  available(): Promise<boolean>;
  /** Rejects when it cannot. */
  seal(text: string): Promise<string>;
  /** Rejects when it cannot. `stale` asks for the text to be sealed again, under a newer key. */
  unseal(sealed: string): Promise<{ text: string; stale: boolean }>;
  /** What is wrong with how it was set up, naming the variable and never its content. */
  warnings(): readonly string[];
}
