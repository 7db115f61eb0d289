import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { ProviderEntry } from '../../../contract/provider.ts';
import { AppError } from '../lib/app-error.ts';
import { writeText } from '../lib/atomic-files.ts';
import type { WayBack } from '../history/change-history.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { newProviderPath, userProviderFile } from './user-provider-files.ts';

/** A provider's file as it was before a change, and after; undefined where there was none. */
export interface WrittenProvider {
  path: string;
  before: string | undefined;
  after: string | undefined;
}

/** Writes and takes back the user's provider files; to be called in turn. */
export class ProviderWriter {
  readonly #registry: RegistryStore;
  readonly #runtimeRoot: string;

  constructor(registry: RegistryStore, runtimeRoot: string) {
    this.#registry = registry;
    this.#runtimeRoot = runtimeRoot;
  }

  /** @throws AppError `file_unreadable` when it cannot be written */
  async write(entry: ProviderEntry): Promise<WrittenProvider> {
    const old = userProviderFile(this.#runtimeRoot, entry.name);
    const path = old?.path ?? newProviderPath(this.#runtimeRoot, entry.name);
    const after = `${JSON.stringify(entry, null, 2)}\n`;
    try {
      await writeText(path, after);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new AppError('file_unreadable', `${path} cannot be written (${code ?? String(error)})`, {
        file: path,
      });
    }
    return { path, before: old?.text, after };
  }

  /** @throws AppError `invalid_request` when the file was changed again since */
  checkPutBack({ path, after }: WrittenProvider): void {
    const now = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    if (now !== after)
      throw new AppError('invalid_request', `${path} was changed again since; undo that first`);
  }

  /** Throws what `checkPutBack` throws. */
  async putBack(written: WrittenProvider): Promise<void> {
    this.checkPutBack(written);
    const { path, before } = written;
    if (before === undefined) rmSync(path, { force: true });
    else await writeText(path, before);
  }

  wayBack(written: WrittenProvider): WayBack {
    return {
      check: () => this.checkPutBack(written),
      run: async () => {
        await this.putBack(written);
        return [];
      },
    };
  }

  /**
   * The registry takes the files as they are now.
   * @returns what to tell where another file keeps it from that
   * @throws AppError `registry_invalid` where one of these files is the reason
   */
  publish(paths: readonly string[]): string[] {
    try {
      this.#registry.refresh();
    } catch (error) {
      if (!(error instanceof AppError) || paths.includes(String(error.details?.['file']))) throw error;
      this.#registry.tryRefresh();
      return [`the files are as you wanted, but not in use yet: ${error.message}`];
    }
    return this.#registry.current.warnings.filter((warning) =>
      paths.some((path) => warning.startsWith(path)),
    );
  }
}
