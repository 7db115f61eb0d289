import { AppError } from '../lib/app-error.ts';
import type { Log } from '../lib/log.ts';
import { loadModelChecks } from './overlay/model-checks.ts';
import { buildRegistry, withUserPresets, type Registry, type RegistrySources } from './build-registry.ts';

const isUnreadable = (error: unknown) => error instanceof AppError && error.details?.['unreadable'] === true;

/** Holds the last good registry; a broken file never takes it away. */
export class RegistryStore {
  #good: Registry;
  /** Why the files as they are now could not be used, until they can. */
  #failure: string | undefined;
  /** The last failure was a file that could not be read at the time. */
  #unreadable = false;
  readonly #sources: () => RegistrySources;
  readonly #log: Log;
  readonly #listeners = new Set<() => void>();

  /** At start a broken file of the user's is left out with a warning: the panel must open to show it. */
  constructor(sources: () => RegistrySources, log: Log) {
    this.#sources = sources;
    this.#log = log;
    try {
      this.#good = buildRegistry(sources());
    } catch (error) {
      this.#good = this.#withoutUserFiles(error);
      this.#unreadable = isUnreadable(error);
    }
    for (const warning of this.#good.warnings) log.warn(warning);
  }

  #withoutUserFiles(error: unknown): Registry {
    if (!(error instanceof AppError)) throw error;
    const sources = this.#sources();
    const env = { ...sources.env, COMFYVN_LLM_REGISTRY: undefined };
    const builtIn = withUserPresets(
      buildRegistry({ ...sources, env, runtimeRoot: '\0' }),
      sources.runtimeRoot,
    );
    return {
      ...builtIn,
      warnings: [`${error.message}; the built-in registry is used until it is mended`, ...builtIn.warnings],
    };
  }

  get current(): Registry {
    if (this.#failure === undefined) return this.#good;
    return { ...this.#good, warnings: [this.#failure, ...this.#good.warnings] };
  }

  /** True while a file could not be used and may be again without being changed, as when it cannot be opened now. */
  get mayRecover(): boolean {
    return this.#unreadable || this.#good.overlays.unreadable || this.#good.userPresets.unreadable;
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /**
   * Reads every file again.
   * @throws AppError `registry_invalid`; the last good registry stays
   */
  refresh(): Registry {
    const known = new Set(this.#good.warnings);
    this.#good = buildRegistry(this.#sources(), this.#good);
    this.#failure = undefined;
    this.#unreadable = false;
    for (const warning of this.#good.warnings) if (!known.has(warning)) this.#log.warn(warning);
    for (const listener of this.#listeners) listener();
    return this.#good;
  }

  /** Takes the user's presets as their files are now; no other file is read, so no other can be in the way. */
  refreshPresets(): void {
    this.#good = withUserPresets(this.#good, this.#sources().runtimeRoot);
    for (const listener of this.#listeners) listener();
  }

  /** Takes the days on which lists were asked for; nothing else is read. */
  refreshChecks(): void {
    this.#good = { ...this.#good, checks: loadModelChecks(this.#sources().runtimeRoot) };
    for (const listener of this.#listeners) listener();
  }

  /** For the file watcher: a broken file is reported, not thrown. */
  tryRefresh(): void {
    try {
      this.refresh();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const failure = `${message}; the last good registry is still used`;
      this.#unreadable = isUnreadable(error);
      // What is tried again and again is logged once.
      if (this.#failure !== failure) this.#log.error(message);
      this.#failure = failure;
      for (const listener of this.#listeners) listener();
    }
  }
}
