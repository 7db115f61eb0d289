import { AppError } from '../lib/app-error.ts';
import { registryParts } from './registry-problem.ts';
import { notice, type Notice } from '../lib/notice.ts';
import type { Log } from '../lib/log/log.ts';
import { loadModelChecks } from './overlay/model-checks.ts';
import { buildRegistry, withUserPresets, type Registry, type RegistrySources } from './build-registry.ts';

const isUnreadable = (error: unknown) => error instanceof AppError && error.details?.['unreadable'] === true;

/** Holds the registry built from all usable files. A broken file hides only itself. */
export class RegistryStore {
  #good: Registry;
  /** Why the installation's own files cannot be used at the moment. */
  #failure: Notice | undefined;
  readonly #sources: () => RegistrySources;
  readonly #log: Log;
  readonly #listeners = new Set<() => void>();

  /** @throws AppError `registry_invalid` if the installation itself is damaged */
  constructor(sources: () => RegistrySources, log: Log) {
    this.#sources = sources;
    this.#log = log;
    this.#good = buildRegistry(sources());
    for (const { message } of this.#good.warnings) log.warn(message);
  }

  get current(): Registry {
    if (this.#failure === undefined) return this.#good;
    return { ...this.#good, warnings: [this.#failure, ...this.#good.warnings] };
  }

  /**
   * True while a file cannot be used but may become usable without being changed, for example one that cannot
   * be opened.
   */
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
    const known = new Set(this.#good.warnings.map(({ message }) => message));
    this.#good = buildRegistry(this.#sources(), this.#good);
    this.#failure = undefined;
    for (const { message } of this.#good.warnings) if (!known.has(message)) this.#log.warn(message);
    for (const listener of this.#listeners) listener();
  }

  /**
   * Reads every file again.
   * @throws AppError `registry_invalid` for ComfyVN's file, which the configuration names; all other files
   * are applied by then
   */
  refresh(): Registry {
    this.#read();
    if (this.#good.comfyvn.problem) throw this.#good.comfyvn.problem;
    return this.#good;
  }

  /** Applies the user's presets from their files. No other file is read, so none can cause an error. */
  refreshPresets(): void {
    this.#good = withUserPresets(this.#good, this.#sources().runtimeRoot);
    for (const listener of this.#listeners) listener();
  }

  /** Applies the days on which model lists were fetched; nothing else is read. */
  refreshChecks(): void {
    this.#good = { ...this.#good, checks: loadModelChecks(this.#sources().runtimeRoot) };
    for (const listener of this.#listeners) listener();
  }

  /** For the file watcher, and for changes to one file: problems in other files are only warnings. */
  tryRefresh(): void {
    try {
      this.#read();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const failure = `${message}; the last good registry is still used`;
      // A repeated failure is logged once.
      if (this.#failure?.message !== failure) this.#log.error(message);
      const parts = error instanceof AppError ? registryParts(error) : [];
      this.#failure = notice('installation_broken', { message }, failure, parts);
      for (const listener of this.#listeners) listener();
    }
  }
}
