import type { ProviderEntry } from '../../../contract/provider.ts';
import { AppError } from '../lib/app-error.ts';
import { jsonTextOver } from '../lib/files/edit-json.ts';
import { unreadable } from '../lib/files/read-json.ts';
import { readTextFile } from '../lib/files/read-text-file.ts';
import { removeFile, replaceFile, untilReadable } from '../lib/files/replace-file.ts';
import type { Notice } from '../lib/notice.ts';
import type { UndoStep } from '../history/change-history.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { newProviderPath, userProviderFile, userProviderPaths } from './user-provider-files.ts';

/** A provider's file before and after a change; undefined if there was none. */
export interface WrittenProvider {
  path: string;
  before: string | undefined;
  after: string | undefined;
}

/**
 * A file's text; undefined if there is none, or if it is not valid text.
 * @throws AppError `file_unreadable` if it cannot be read now
 */
export function textIn(path: string): string | undefined {
  const file = readTextFile(path);
  if (file.state === 'unreadable') throw unreadable(path, file.problem);
  return file.state === 'read' ? file.text : undefined;
}

/** Writes and restores the user's provider files; calls must not overlap. */
export class ProviderWriter {
  readonly #registry: RegistryStore;
  readonly #runtimeRoot: string;

  constructor(registry: RegistryStore, runtimeRoot: string) {
    this.#registry = registry;
    this.#runtimeRoot = runtimeRoot;
  }

  /**
   * @throws AppError `file_unreadable` if it cannot be written, or if a file that may be the provider's
   * cannot be read
   */
  async write(entry: ProviderEntry): Promise<WrittenProvider> {
    await untilReadable(userProviderPaths(this.#runtimeRoot));
    const old = userProviderFile(this.#runtimeRoot, entry.name);
    const path = old?.path ?? newProviderPath(this.#runtimeRoot, entry.name);
    const after = jsonTextOver(old?.text, entry);
    await replaceFile(path, after);
    return { path, before: old?.text, after };
  }

  /** @throws AppError `invalid_request` if the file has been changed again since */
  checkPutBack({ path, after }: WrittenProvider): void {
    if (textIn(path) !== after)
      throw new AppError('invalid_request', `${path} was changed again since; undo that first`);
  }

  /** @throws what `checkPutBack` throws */
  async putBack(written: WrittenProvider): Promise<void> {
    this.checkPutBack(written);
    const { path, before } = written;
    if (before === undefined) await removeFile(path);
    else await replaceFile(path, before);
  }

  undoStep(written: WrittenProvider): UndoStep {
    return {
      check: () => this.checkPutBack(written),
      run: async () => {
        await this.putBack(written);
        return [];
      },
    };
  }

  /**
   * Applies the files to the registry.
   * @returns messages about these files
   */
  publish(paths: readonly string[]): Notice[] {
    this.#registry.tryRefresh();
    return this.#registry.current.warnings.filter(({ message }) =>
      paths.some((path) => message.startsWith(path)),
    );
  }
}
