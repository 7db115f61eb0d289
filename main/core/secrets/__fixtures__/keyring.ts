import type { Cipher } from '../cipher.ts';

/** A test keyring: text sealed under one password opens only under that password. */
export class TestKeyring implements Cipher {
  readonly name = 'test keyring';
  maybeAvailable = true;
  /** null: locked. */
  password: string | null;
  /** Number of calls to the keyring. */
  asked = 0;
  /** Whether opened texts should be sealed again. */
  stale = false;

  constructor(password: string | null = 'one') {
    this.password = password;
  }

  async available(): Promise<boolean> {
    this.asked += 1;
    return this.password !== null;
  }

  async seal(text: string): Promise<string> {
    return Buffer.from(`${this.password}\n${text}`).toString('base64');
  }

  async unseal(sealed: string): Promise<{ text: string; stale: boolean }> {
    this.asked += 1;
    const [password, ...rest] = Buffer.from(sealed, 'base64').toString('utf8').split('\n');
    if (password !== this.password) throw new Error('cannot be decrypted');
    return { text: rest.join('\n'), stale: this.stale };
  }

  warnings(): readonly [] {
    return [];
  }
}
