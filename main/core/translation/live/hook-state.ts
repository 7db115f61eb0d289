import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../lib/app-error.ts';
import { Mutex } from '../../lib/mutex.ts';
import { readJson } from '../../lib/files/read-json.ts';
import { removeFile, replaceFile } from '../../lib/files/replace-file.ts';

const hookFile = z.object({
  version: z.literal(1),
  project: z.string(),
  /** Only the token's hash is stored, so this file does not give access. */
  token_sha256: z.string().regex(/^[0-9a-f]{64}$/),
  max_usd: z.number(),
  spent_usd: z.number(),
});
export type HookFile = z.infer<typeof hookFile>;

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Reads and writes `config/llm/live-hook.json`, which exists while the hook is on. */
export class HookState {
  readonly #path: string;
  /** Serializes writes, so that a late write does not restore a removed file. */
  readonly #writes = new Mutex();

  constructor(runtimeRoot: string) {
    this.#path = join(runtimeRoot, 'config', 'llm', 'live-hook.json');
  }

  /** Null while the hook is off. @throws AppError `file_unreadable` if the file is invalid, so the spending is unknown */
  read(): HookFile | null {
    const json = readJson(this.#path);
    if (!json.found) return null;
    const parsed = 'problem' in json ? undefined : hookFile.safeParse(json.value);
    if (parsed?.success) return parsed.data;
    throw new AppError('file_unreadable', `${this.#path} cannot be read: switch the hook off and on again`);
  }

  /** @returns the token, which is shown once */
  async begin(project: string, maxUsd: number): Promise<string> {
    const token = randomBytes(16).toString('hex');
    const token_sha256 = digest(token).toString('hex');
    const state: HookFile = { version: 1, project, token_sha256, max_usd: maxUsd, spent_usd: 0 };
    await this.#writes.run(() => this.#write(state));
    return token;
  }

  async end(): Promise<void> {
    await this.#writes.run(() => removeFile(this.#path));
  }

  /** Adds to the spending, unless the hook was turned off or got a new token since `hook` was read. */
  async spend(hook: HookFile, usd: number): Promise<void> {
    await this.#writes.run(async () => {
      const current = this.read();
      if (current?.token_sha256 !== hook.token_sha256 || usd === 0) return;
      await this.#write({ ...current, spent_usd: Math.max(0, current.spent_usd + usd) });
    });
  }

  async #write(state: HookFile): Promise<void> {
    await replaceFile(this.#path, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  }
}

/** Compares in constant time. */
export const isHookToken = ({ token_sha256 }: HookFile, token: string) =>
  timingSafeEqual(digest(token), Buffer.from(token_sha256, 'hex'));
