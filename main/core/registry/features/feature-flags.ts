import { join } from 'node:path';
import { AppError } from '../../lib/app-error.ts';
import { keepBroken, writeJson, writeText } from '../../lib/atomic-files.ts';
import { readJson } from '../../lib/read-json.ts';
import { isObject, type JsonObject } from '../../lib/json.ts';
import type { Provider } from '../model/model.ts';
import { setFlagText } from './set-flag-text.ts';

const flagName = /^[a-z][a-z0-9_]{0,63}$/;
const emulation = { flag: 'silly_compat_offload', variable: 'COMFYVN_SILLY_COMPAT_OFFLOAD' } as const;

/** `config/comfyvn.json → features.*`, a file that ComfyVN owns and we share: only our keys are touched. */
export class FeatureFlags {
  readonly emulation = emulation;
  readonly file: string;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #now: () => number;
  #features: JsonObject = {};
  #writing: Promise<void> = Promise.resolve();
  warning: string | undefined;

  constructor(runtimeRoot: string, env: Readonly<Record<string, string | undefined>>, now: () => number) {
    this.file = join(runtimeRoot, 'config', 'comfyvn.json');
    this.#env = env;
    this.#now = now;
    this.reload();
  }

  /** Reads the file again; a broken one leaves the flags as they were, with a warning. */
  reload(): void {
    const json = readJson(this.file);
    this.warning = undefined;
    if (!json.found) this.#features = {};
    else if ('problem' in json) this.warning = `${this.file} ${json.problem}; the last good flags are used`;
    else if (!isObject(json.value))
      this.warning = `${this.file} is not a JSON object; the last good flags are used`;
    else this.#features = isObject(json.value['features']) ? json.value['features'] : {};
  }

  /** Every flag as it holds: the environment's word where it has one, else the file's. */
  all(): JsonObject {
    const said = this.#fromEnv(emulation.flag);
    return said === undefined ? this.#features : { ...this.#features, [emulation.flag]: said };
  }

  isOn(flag: string): boolean {
    return this.#fromEnv(flag) ?? this.#features[flag] === true;
  }

  /** The variable that decides a flag now; null where the file does. */
  variableFor(flag: string): string | null {
    const { variable } = emulation;
    return flag === emulation.flag && this.#env[variable]?.trim() ? variable : null;
  }

  #fromEnv(flag: string): boolean | undefined {
    const variable = this.variableFor(flag);
    const said = variable && this.#env[variable]?.trim().toLowerCase();
    return said ? ['1', 'true', 'yes', 'on'].includes(said) : undefined;
  }

  /** True when any of the flags is on, or none is needed. */
  anyOn(flags: readonly string[]): boolean {
    return flags.length === 0 || flags.some((flag) => this.isOn(flag));
  }

  /**
   * Writes one flag and nothing else in the file, one after the other. A file that cannot be read is kept beside the
   * new one, which has the last good flags.
   * @throws AppError `invalid_request` for a name that is no flag's, `file_unreadable` where it cannot be written
   */
  async set(flag: string, enabled: boolean): Promise<void> {
    if (!flagName.test(flag)) throw new AppError('invalid_request', `"${flag}" is not a feature flag's name`);
    const written = this.#writing.then(() => this.#write(flag, enabled));
    this.#writing = written.catch(() => {});
    return written;
  }

  async #write(flag: string, enabled: boolean): Promise<void> {
    const json = readJson(this.file);
    try {
      if (json.found && 'value' in json && isObject(json.value)) {
        await writeText(this.file, setFlagText(json.text, flag, enabled));
      } else {
        if (json.found) keepBroken(this.file, this.#now());
        await writeJson(this.file, { features: { ...this.#features, [flag]: enabled } });
      }
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new AppError('file_unreadable', `${this.file} cannot be written (${code ?? message})`, {
        file: this.file,
      });
    }
    this.reload();
  }
}

/** A cloud connector needs a flag; anything else is on unless its file says otherwise. */
export function isEnabled(provider: Provider, flags: FeatureFlags): boolean {
  return !provider.switchedOff && flags.anyOn(provider.flags);
}
