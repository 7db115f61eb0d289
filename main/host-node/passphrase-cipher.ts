import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import type { Notice } from '../core/lib/notice.ts';
import type { Cipher } from '../core/secrets/cipher.ts';

interface Passphrase {
  text: string | null;
  warnings: Notice[];
}

/** OWASP's recommendation for scrypt (2^17, 8, 1): about 128 MB and half a second, once per process. */
const usual = { logN: 17, r: 8, p: 1 };
/** A higher cost in a file is rejected. */
const maxLogN = 20;

type Cost = typeof usual;

const part = (bytes: Buffer) => bytes.toString('base64url');

function derive(passphrase: string, salt: Buffer, { logN, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** logN;
  const limits = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, 32, limits, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

interface Sealed {
  cost: Cost;
  salt: Buffer;
  iv: Buffer;
  tag: Buffer;
  bytes: Buffer;
}

/** `v1.17.8.1.salt.iv.tag.ciphertext`, each in base64url. */
function parse(sealed: string): Sealed {
  const [version, logN, r, p, ...parts] = sealed.split('.');
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  const [salt, iv, tag, bytes] = parts.map((text) => Buffer.from(text, 'base64url'));
  const sane = cost.logN >= 1 && cost.logN <= maxLogN && cost.r === usual.r && cost.p === usual.p;
  if (version !== 'v1' || !sane || !salt || iv?.length !== 12 || tag?.length !== 16 || !bytes)
    throw new Error('not a ciphertext of ours');
  return { cost, salt, iv, tag, bytes };
}

/**
 * Encrypts with scrypt and AES-256-GCM, using a passphrase that is read on first use.
 * @param cost only tests use another one
 */
export function passphraseCipher(read: () => Passphrase, cost: Cost = usual): Cipher {
  let passphrase: Passphrase | undefined;
  const current = () => (passphrase ??= read());
  const derived = new Map<string, Promise<Buffer>>();
  let salt: Buffer | undefined;

  const keyFor = (of: Buffer, at: Cost) => {
    const id = `${at.logN} ${part(of)}`;
    const key = derived.get(id) ?? derive(current().text ?? '', of, at);
    derived.set(id, key);
    return key;
  };
  return {
    name: 'passphrase file',
    get maybeAvailable() {
      return current().text !== null;
    },
    available: async () => current().text !== null,
    async seal(text) {
      salt ??= randomBytes(16);
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', await keyFor(salt, cost), iv);
      const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const { logN, r, p } = cost;
      return ['v1', logN, r, p, ...[salt, iv, cipher.getAuthTag(), bytes].map(part)].join('.');
    },
    async unseal(sealed) {
      const { cost: at, salt: of, iv, tag, bytes } = parse(sealed);
      const decipher = createDecipheriv('aes-256-gcm', await keyFor(of, at), iv, { authTagLength: 16 });
      decipher.setAuthTag(tag);
      const text = decipher.update(bytes, undefined, 'utf8') + decipher.final('utf8');
      // Reuses the salt of the opened text, which saves one key derivation.
      if (at.logN === cost.logN) salt ??= of;
      return { text, stale: at.logN < cost.logN };
    },
    warnings: () => current().warnings,
  };
}
