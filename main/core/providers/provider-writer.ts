import type { ProviderEntry } from '../../../contract/provider.ts';
import { AppError } from '../lib/app-error.ts';
import { jsonTextOver } from '../lib/files/edit-json.ts';
import { unreadable } from '../lib/files/read-json.ts';
import { readTextFile } from '../lib/files/read-text-file.ts';
import { removeFile, replaceFile, untilReadable } from '../lib/files/replace-file.ts';
import type { UndoStep } from '../history/change-history.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { newProviderPath, userProviderFile, userProviderPaths } from './user-provider-files.ts';

/** A provider's file as it was before a change, and after; undefined where there was none. */
export interface WrittenProvider {
  path: string;
  before: string | undefined;
  after: string | undefined;
}

/**
 * A file's text; undefined where there is none, or none that is a text.
 * @throws AppError `file_unreadable` where it cannot be read now
 */
export function textIn(path: string): string | undefined {
  const file = readTextFile(path);
  if (file.state === 'unreadable') throw unreadable(path, file.problem);
  return file.state === 'read' ? file.text : undefined;
}

/** Writes and takes back the user's provider files; to be called in turn. */
export class ProviderWriter {
  readonly #registry: RegistryStore;
  readonly #runtimeRoot: string;

  constructor(registry: RegistryStore, runtimeRoot: string) {
    this.#registry = registry;
    this.#runtimeRoot = runtimeRoot;
  }

  /** @throws AppError `file_unreadable` when it cannot be written, or one that may be the provider's cannot be read */
  async write(entry: ProviderEntry): Promise<WrittenProvider> {
    await untilReadable(userProviderPaths(this.#runtimeRoot));
    const old = userProviderFile(this.#runtimeRoot, entry.name);
    const path = old?.path ?? newProviderPath(this.#runtimeRoot, entry.name);
    const after = jsonTextOver(old?.text, entry);
    await replaceFile(path, after);
    return { path, before: old?.text, after };
  }

  /** @throws AppError `invalid_request` when the file was changed again since */
  checkPutBack({ path, after }: WrittenProvider): void {
    if (textIn(path) !== after)
      throw new AppError('invalid_request', `${path} was changed again since; undo that first`);
  }

  /** Throws what `checkPutBack` throws. */
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
   * The registry takes the files as they are now.
   * @returns what to tell of these files
   */
  publish(paths: readonly string[]): string[] {
    this.#registry.tryRefresh();
    return this.#registry.current.warnings.filter((warning) =>
      paths.some((path) => warning.startsWith(path)),
    );
  }
}
