import { AppError } from '../lib/app-error.ts';
import type { Log } from '../lib/log/log.ts';
import { loadModelChecks } from './overlay/model-checks.ts';
import { buildRegistry, withUserPresets, type Registry, type RegistrySources } from './build-registry.ts';

const isUnreadable = (error: unknown) => error instanceof AppError && error.details?.['unreadable'] === true;

/** Holds the registry of all files that can be used; a broken file hides only itself. */
export class RegistryStore {
  #good: Registry;
  /** Why the installation's own files could not be used, until they can. */
  #failure: string | undefined;
  readonly #sources: () => RegistrySources;
  readonly #log: Log;
  readonly #listeners = new Set<() => void>();

  /** @throws AppError `registry_invalid` where the installation itself is damaged */
  constructor(sources: () => RegistrySources, log: Log) {
    this.#sources = sources;
    this.#log = log;
    this.#good = buildRegistry(sources());
    for (const warning of this.#good.warnings) log.warn(warning);
  }

  get current(): Registry {
    if (this.#failure === undefined) return this.#good;
    return { ...this.#good, warnings: [this.#failure, ...this.#good.warnings] };
  }

  /** True while a file could not be used and may be again without being changed, as when it cannot be opened now. */
  get mayRecover(): boolean {
    const { comfyvn, overlays, userPresets, userProviders } = this.#good;
    return (
      isUnreadable(comfyvn.problem) ||
      [overlays, userPresets, userProviders].some(({ unreadable }) => unreadable)
    );
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  #read(): void {
    const known = new Set(this.#good.warnings);
    this.#good = buildRegistry(this.#sources(), this.#good);
    this.#failure = undefined;
    for (const warning of this.#good.warnings) if (!known.has(warning)) this.#log.warn(warning);
    for (const listener of this.#listeners) listener();
  }

  /**
   * Reads every file again.
   * @throws AppError `registry_invalid` for ComfyVN's file, which was asked for by name: all others count by then
   */
  refresh(): Registry {
    this.#read();
    if (this.#good.comfyvn.problem) throw this.#good.comfyvn.problem;
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

  /** For the file watcher, and for changes to one file: whatever is wrong with another is a warning. */
  tryRefresh(): void {
    try {
      this.#read();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const failure = `${message}; the last good registry is still used`;
      // What is tried again and again is logged once.
      if (this.#failure !== failure) this.#log.error(message);
      this.#failure = failure;
      for (const listener of this.#listeners) listener();
    }
  }
}
