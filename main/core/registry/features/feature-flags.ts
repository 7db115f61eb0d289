import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../lib/app-error.ts';
import { codedText, detailOf } from '../../lib/coded-text.ts';
import { setMember } from '../../lib/files/edit-json.ts';
import type { FolderLock } from '../../lib/files/folder-lock.ts';
import { isObject, type JsonObject } from '../../lib/json.ts';
import { LiveJson, stampOf, type Fault } from '../../lib/files/live-json.ts';
import { readJson } from '../../lib/files/read-json.ts';
import { composed, filePart, type Composed } from '../../lib/notice.ts';
import { encodeText } from '../../lib/files/read-text-file.ts';
import { replaceFile, replaceJson } from '../../lib/files/replace-file.ts';
import type { Provider } from '../model/model.ts';

const flagName = /^[a-z][a-z0-9_]{0,63}$/;
const emulation = { flag: 'silly_compat_offload', variable: 'COMFYVN_SILLY_COMPAT_OFFLOAD' } as const;

/** How long to wait for a file that ComfyVN is writing, in milliseconds. */
const maxWaitMs = 2000;
const pauseMs = 25;
/**
 * A program that wrote the file in the last second may write again what it read before; this is the longest
 * wait for that.
 */
const recentMs = 1000;
const settleMs = 50;
const writtenByOthers = 'keeps being written by another program';

/** The flags of the file's content. */
function featuresIn(value: unknown): { value: JsonObject } | Fault {
  if (!isObject(value)) {
    const problem = 'is not a JSON object';
    return { problem, detail: detailOf(codedText('file_problem', 'not_object', {}, problem)) };
  }
  return { value: isObject(value['features']) ? value['features'] : {} };
}

/**
 * The flags in `config/comfyvn.json → features.*`. ComfyVN owns the file, so only our keys are changed, and
 * it is never moved or rewritten.
 */
export class FeatureFlags {
  readonly emulation = emulation;
  readonly file: string;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #lock: FolderLock;
  readonly #content: LiveJson<JsonObject>;
  /** The file's content after our last write. */
  #written: string | undefined;

  constructor(runtimeRoot: string, env: Readonly<Record<string, string | undefined>>, lock: FolderLock) {
    this.file = join(runtimeRoot, 'config', 'comfyvn.json');
    this.#env = env;
    this.#lock = lock;
    this.#content = new LiveJson({ path: this.file, missing: {}, parse: featuresIn });
    // Reads the initial content, which stays in force while the file is broken.
    void this.#content.current;
  }

  /** Reads the file again on next use. If it is broken, the flags stay as they were. */
  reload(): void {
    this.#content.refresh();
  }

  /** Why the file's current content is not in force. */
  get warning(): Composed<'file_problem'> | undefined {
    const { fault } = this.#content;
    if (!fault) return undefined;
    const message = `${this.file} ${fault.problem}`;
    const english = `${message}; the last good flags are used`;
    const parts = filePart(fault.detail).map((part) => ({ ...part, path: this.file }));
    return composed(codedText('file_problem', 'flags_kept', { message }, english), parts);
  }

  /** Every flag's effective value: from the environment if set, else from the file. */
  all(): JsonObject {
    const value = this.#fromEnv(emulation.flag);
    const features = this.#content.current;
    return value === undefined ? features : { ...features, [emulation.flag]: value };
  }

  isOn(flag: string): boolean {
    return this.#fromEnv(flag) ?? this.#content.current[flag] === true;
  }

  /** The variable that sets a flag; null if the file does. */
  variableFor(flag: string): string | null {
    const { variable } = emulation;
    return flag === emulation.flag && this.#env[variable]?.trim() ? variable : null;
  }

  #fromEnv(flag: string): boolean | undefined {
    const variable = this.variableFor(flag);
    const value = variable && this.#env[variable]?.trim().toLowerCase();
    return value ? ['1', 'true', 'yes', 'on'].includes(value) : undefined;
  }

  /** True if any of the flags is on, or if the list is empty. */
  anyOn(flags: readonly string[]): boolean {
    return flags.length === 0 || flags.some((flag) => this.isOn(flag));
  }

  /**
   * Writes one flag and nothing else in the file. Waits for a file that ComfyVN has half written.
   * @throws AppError `invalid_request` for an unknown flag; `file_unreadable` if the file cannot be read,
   * parsed or written; `server_busy`. In each case the file is unchanged
   */
  async set(flag: string, enabled: boolean): Promise<void> {
    if (!flagName.test(flag)) throw new AppError('invalid_request', `"${flag}" is not a feature flag`);
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
      `${this.file} ${problem}: the flag is not set, and the file is unchanged; repair it and try again`,
      { file: this.file },
    );
  }

  /** Another program wrote the file a moment ago, and may be about to write what it read before. */
  #wasWrittenByOthers(): boolean {
    const time = statSync(this.file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return Math.abs(Date.now() - time) < recentMs && stampOf(this.file) !== this.#written;
  }

  /** Why the flag was lost again: ComfyVN uses no lock and writes the whole file as it read it. */
  async #undone(flag: string, enabled: boolean): Promise<string | undefined> {
    await pause(settleMs);
    const json = readJson(this.file);
    if (!json.found || 'problem' in json) return writtenByOthers;
    const read = featuresIn(json.value);
    return 'value' in read && read.value[flag] === enabled ? undefined : writtenByOthers;
  }

  /** @returns why the file cannot be edited now; undefined on success */
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

/** A cloud connector needs a flag; every other provider is enabled unless its file says otherwise. */
export function isEnabled(provider: Provider, flags: FeatureFlags): boolean {
  return !provider.switchedOff && flags.anyOn(provider.flags);
}
