import { AppError } from '../app-error.ts';
import type { Log } from '../log.ts';
import { buildRegistry, type Registry, type RegistrySources } from './build-registry.ts';

/** Holds the last good registry; a broken file never takes it away. */
export class RegistryStore {
  #current: Registry;
  readonly #sources: () => RegistrySources;
  readonly #log: Log;
  readonly #listeners = new Set<() => void>();

  /** At start a broken file of the user's is left out with a warning: the panel must open to show it. */
  constructor(sources: () => RegistrySources, log: Log) {
    this.#sources = sources;
    this.#log = log;
    try {
      this.#current = buildRegistry(sources());
    } catch (error) {
      this.#current = this.#withoutUserFiles(error);
    }
    for (const warning of this.#current.warnings) log.warn(warning);
  }

  #withoutUserFiles(error: unknown): Registry {
    if (!(error instanceof AppError)) throw error;
    const sources = this.#sources();
    const env = { ...sources.env, COMFYVN_LLM_REGISTRY: undefined };
    const builtIn = buildRegistry({ ...sources, env, runtimeRoot: '\0' });
    return { ...builtIn, warnings: [`${error.message}; the built-in registry is used until it is mended`, ...builtIn.warnings] };
  }

  get current(): Registry {
    return this.#current;
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /**
   * Reads every file again.
   * @throws AppError `registry_invalid`; the last good registry stays
   */
  refresh(): Registry {
    this.#current = buildRegistry(this.#sources());
    for (const warning of this.#current.warnings) this.#log.warn(warning);
    for (const listener of this.#listeners) listener();
    return this.#current;
  }

  /** For the file watcher: a broken file is reported, not thrown. */
  tryRefresh(): void {
    try {
      this.refresh();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#log.error(message);
      const warning = `${message}; the last good registry is still used`;
      this.#current = { ...this.#current, warnings: [warning, ...this.#current.warnings.filter((w) => w !== warning)] };
      for (const listener of this.#listeners) listener();
    }
  }
}
