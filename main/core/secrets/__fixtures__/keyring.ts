import type { Cipher } from '../cipher.ts';

/** A keyring of the test's: what is sealed under one password opens under that one only. */
export class TestKeyring implements Cipher {
  readonly name = 'test keyring';
  maybeAvailable = true;
  /** null: nobody unlocks it. */
  password: string | null;
  /** What is asked of it. */
  asked = 0;
  /** Whether what it opens is to be sealed again. */
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

  warnings(): readonly string[] {
    return [];
  }
}
