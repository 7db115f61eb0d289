import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../lib/app-error.ts';
import { setMember } from '../../lib/files/edit-json.ts';
import type { FolderLock } from '../../lib/files/folder-lock.ts';
import { isObject, type JsonObject } from '../../lib/json.ts';
import { LiveJson, stampOf } from '../../lib/files/live-json.ts';
import { readJson } from '../../lib/files/read-json.ts';
import { encodeText } from '../../lib/files/read-text-file.ts';
import { replaceFile, replaceJson } from '../../lib/files/replace-file.ts';
import type { Provider } from '../model/model.ts';

const flagName = /^[a-z][a-z0-9_]{0,63}$/;
const emulation = { flag: 'silly_compat_offload', variable: 'COMFYVN_SILLY_COMPAT_OFFLOAD' } as const;

/** How long a file that ComfyVN is writing is waited for, in milliseconds. */
const maxWaitMs = 2000;
const pauseMs = 25;
/** Whoever has written the file in the last second may write again, from what it read before; it takes so long at most. */
const recentMs = 1000;
const settleMs = 50;
const writtenByOthers = 'is being written by another program all the time';

/** The flags of the file's content. */
function featuresIn(value: unknown): { value: JsonObject } | { problem: string } {
  if (!isObject(value)) return { problem: 'is not a JSON object' };
  return { value: isObject(value['features']) ? value['features'] : {} };
}

/**
 * `config/comfyvn.json → features.*`, a file that ComfyVN owns and we share: only our keys are touched, and it is never
 * moved or written anew.
 */
export class FeatureFlags {
  readonly emulation = emulation;
  readonly file: string;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #lock: FolderLock;
  readonly #content: LiveJson<JsonObject>;
  /** The file's state after our last write. */
  #written: string | undefined;

  constructor(runtimeRoot: string, env: Readonly<Record<string, string | undefined>>, lock: FolderLock) {
    this.file = join(runtimeRoot, 'config', 'comfyvn.json');
    this.#env = env;
    this.#lock = lock;
    this.#content = new LiveJson({ path: this.file, missing: {}, parse: featuresIn });
    // What is good at the start is what stays while the file is not.
    void this.#content.current;
  }

  /** Reads the file again with the next question; one that cannot be used leaves the flags as they were. */
  reload(): void {
    this.#content.refresh();
  }

  /** Why the file as it is now is not what holds. */
  get warning(): string | undefined {
    const { problem } = this.#content;
    return problem && `${this.file} ${problem}; the last good flags are used`;
  }

  /** Every flag as it holds: the environment's word where it has one, else the file's. */
  all(): JsonObject {
    const value = this.#fromEnv(emulation.flag);
    const features = this.#content.current;
    return value === undefined ? features : { ...features, [emulation.flag]: value };
  }

  isOn(flag: string): boolean {
    return this.#fromEnv(flag) ?? this.#content.current[flag] === true;
  }

  /** The variable that decides a flag now; null where the file does. */
  variableFor(flag: string): string | null {
    const { variable } = emulation;
    return flag === emulation.flag && this.#env[variable]?.trim() ? variable : null;
  }

  #fromEnv(flag: string): boolean | undefined {
    const variable = this.variableFor(flag);
    const value = variable && this.#env[variable]?.trim().toLowerCase();
    return value ? ['1', 'true', 'yes', 'on'].includes(value) : undefined;
  }

  /** True when any of the flags is on, or none is needed. */
  anyOn(flags: readonly string[]): boolean {
    return flags.length === 0 || flags.some((flag) => this.isOn(flag));
  }

  /**
   * Writes one flag and nothing else in the file. A file that ComfyVN has half written is waited for.
   * @throws AppError `invalid_request` for a name that is no flag's; `file_unreadable` where the file cannot be read,
   * means nothing or cannot be written, and `server_busy`: it is as it was then
   */
  async set(flag: string, enabled: boolean): Promise<void> {
    if (!flagName.test(flag)) throw new AppError('invalid_request', `"${flag}" is not a feature flag's name`);
    await this.#lock.run(() => this.#write(flag, enabled));
    this.reload();
  }

  async #write(flag: string, enabled: boolean): Promise<void> {
    const until = performance.now() + maxWaitMs;
    let others = this.#wasWrittenByOthers();
    for (;;) {
      const problem =
        (await this.#tryWrite(flag, enabled)) ?? (others && (await this.#undone(flag, enabled)));
      if (!problem) {
        this.#written = stampOf(this.file);
        return;
      }
      others = true;
      if (performance.now() > until) throw this.#refusal(problem);
      await pause(pauseMs);
    }
  }

  #refusal(problem: string): AppError {
    return new AppError(
      'file_unreadable',
      `${this.file} ${problem}: the flag is not set, and the file is left as it is; mend it and try again`,
      { file: this.file },
    );
  }

  /** Another program has written the file a moment ago, and may be about to write what it read before. */
  #wasWrittenByOthers(): boolean {
    const time = statSync(this.file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return Math.abs(Date.now() - time) < recentMs && stampOf(this.file) !== this.#written;
  }

  /** Why the flag is gone again: ComfyVN knows no lock, and writes the whole file as it has read it. */
  async #undone(flag: string, enabled: boolean): Promise<string | undefined> {
    await pause(settleMs);
    const json = readJson(this.file);
    if (!json.found || 'problem' in json) return writtenByOthers;
    const read = featuresIn(json.value);
    return 'value' in read && read.value[flag] === enabled ? undefined : writtenByOthers;
  }

  /** @returns why the file cannot be edited as it is now; undefined when it is done */
  async #tryWrite(flag: string, enabled: boolean): Promise<string | undefined> {
    const json = readJson(this.file);
    let done: boolean;
    if (!json.found)
      done = await replaceJson(this.file, { features: { [flag]: enabled } }, { madeFrom: null });
    else if ('problem' in json) return json.problem;
    else if (!isObject(json.value)) throw this.#refusal('is not a JSON object');
    else {
      const { text, encoding } = json;
      const madeFrom = encodeText(text, encoding);
      const after = setMember(text, 'features', flag, enabled);
      done = after === text || (await replaceFile(this.file, after, { encoding, madeFrom }));
    }
    return done ? undefined : writtenByOthers;
  }
}

/** A cloud connector needs a flag; anything else is on unless its file says otherwise. */
export function isEnabled(provider: Provider, flags: FeatureFlags): boolean {
  return !provider.switchedOff && flags.anyOn(provider.flags);
}
