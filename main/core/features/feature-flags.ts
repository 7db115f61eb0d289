import { join } from 'node:path';
import { AppError } from '../app-error.ts';
import { keepBroken, readJson, writeJson } from '../atomic-json.ts';
import { isObject, type JsonObject } from '../json.ts';

const flagName = /^[a-z][a-z0-9_]{0,63}$/;

/** `config/comfyvn.json → features.*`, a file that ComfyVN owns and we share: only our keys are touched. */
export class FeatureFlags {
  readonly file: string;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #now: () => number;
  #features: JsonObject = {};
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
    else if (!isObject(json.value)) this.warning = `${this.file} is not a JSON object; the last good flags are used`;
    else this.#features = isObject(json.value['features']) ? json.value['features'] : {};
  }

  all(): JsonObject {
    return this.isOn('silly_compat_offload') ? { ...this.#features, silly_compat_offload: true } : this.#features;
  }

  isOn(flag: string): boolean {
    if (flag === 'silly_compat_offload') {
      const variable = this.#env['COMFYVN_SILLY_COMPAT_OFFLOAD']?.trim().toLowerCase();
      if (variable) return ['1', 'true', 'yes', 'on'].includes(variable);
    }
    return this.#features[flag] === true;
  }

  /** True when any of the flags is on, or none is needed. */
  anyOn(flags: readonly string[]): boolean {
    return flags.length === 0 || flags.some((flag) => this.isOn(flag));
  }

  /**
   * Writes one flag, keeping every other key and their order. A file that cannot be read is kept beside the new one.
   * @throws AppError `invalid_request` for a name that is no flag's
   */
  async set(flag: string, enabled: boolean): Promise<void> {
    if (!flagName.test(flag)) throw new AppError('invalid_request', `"${flag}" is not a feature flag's name`);
    const json = readJson(this.file);
    const broken = json.found && (!('value' in json) || !isObject(json.value));
    if (broken) keepBroken(this.file, this.#now());
    const whole = json.found && 'value' in json && isObject(json.value) ? json.value : {};
    const features = isObject(whole['features']) ? whole['features'] : {};
    await writeJson(this.file, { ...whole, features: { ...features, [flag]: enabled } });
    this.reload();
  }
}
