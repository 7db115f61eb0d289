import type { CodedText } from '../../../contract/coded-texts.ts';
import {
  maxOwnPresets,
  userPresetFile,
  type Change,
  type ExportedModule,
  type UserPresetFile,
} from '../../../contract/user-preset.ts';
import { AppError } from '../lib/app-error.ts';
import type { Log } from '../lib/log/log.ts';
import { unreadable } from '../lib/files/read-json.ts';
import { untilReadable } from '../lib/files/replace-file.ts';
import { faultParts, notice, type Notice } from '../lib/notice.ts';
import type { Redactor } from '../lib/redact.ts';
import { leaveOutSecrets } from '../secrets/leave-out-secrets.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import type { ChangeHistory, UndoStep } from '../history/change-history.ts';
import { changesBetween, undoChange, type FileChange } from '../history/file-change.ts';
import { documentOf, documentText } from '../history/preset-document.ts';
import {
  emptyPresetFile,
  maxFileBytes,
  presetFilePath,
  readPresetFile,
  writePresetFile,
} from '../registry/presets/preset-files.ts';
import { putInTrash, removeFromTrash } from '../history/trash.ts';

export interface PresetStoreParts {
  registry: RegistryStore;
  runtimeRoot: string;
  history: ChangeHistory;
  redactor: Redactor;
  log: Log;
  now(): number;
}

export interface Written {
  changes: FileChange[];
  warnings: Notice[];
  /** The path in the trash, if something was deleted. */
  trashed: string | undefined;
}

export interface Edit {
  /** Computes the new state; if it throws, nothing changes. */
  edit(file: UserPresetFile): UserPresetFile;
  /** What to put into the trash first, because the change deletes it. */
  trash?(file: UserPresetFile): { name: string; part: ExportedModule };
}

/** Normalizes order and form, so that equal presets give equal bytes. */
function canonical(file: UserPresetFile): UserPresetFile {
  if (file.presets.length > maxOwnPresets)
    throw new AppError('invalid_request', `a module holds at most ${maxOwnPresets} presets of your own`);
  const result = userPresetFile.safeParse(file);
  if (!result.success)
    throw new AppError('invalid_request', result.error.issues.map((issue) => issue.message).join('; '));
  if (JSON.stringify(result.data).length > maxFileBytes / 2)
    throw new AppError(
      'invalid_request',
      `the presets of one module cannot be larger than ${maxFileBytes / 2 / 1024 / 1024} MB`,
    );
  return result.data;
}

/** Reads and writes the modules' files, one change at a time, and updates the registry. */
export class PresetStore {
  readonly #parts: PresetStoreParts;

  constructor(parts: PresetStoreParts) {
    this.#parts = parts;
  }

  get runtimeRoot(): string {
    return this.#parts.runtimeRoot;
  }

  /**
   * The file's current content; a damaged one counts as empty.
   * @throws AppError `file_unreadable` for one that cannot be read now
   */
  read(module: string): UserPresetFile {
    const path = presetFilePath(this.#parts.runtimeRoot, module);
    const read = readPresetFile(path);
    if (!read.found) return emptyPresetFile;
    if ('file' in read) return read.file;
    if (read.unreadable) throw unreadable(path, read.problem);
    return emptyPresetFile;
  }

  /**
   * Writes a module's file; calls must not overlap. A damaged file is first copied beside it. The registry is
   * not updated yet.
   * @throws AppError `file_unreadable` if it cannot be read or written, and what `edit` throws; nothing has
   * changed then
   */
  async write(module: string, { edit, trash }: Edit): Promise<Written> {
    const { runtimeRoot, redactor, now, log } = this.#parts;
    const path = presetFilePath(runtimeRoot, module);
    await untilReadable([path]);
    const read = readPresetFile(path);
    if (read.found && 'problem' in read && read.unreadable) throw unreadable(path, read.problem);
    const before = read.found && 'file' in read ? read.file : emptyPresetFile;
    const after = canonical(edit(before));
    const changes = changesBetween(before, after);
    const warnings: Notice[] = [];
    if (changes.length === 0) return { changes, warnings, trashed: undefined };
    const waste = trash?.(before);
    const trashed =
      waste &&
      (await putInTrash(
        runtimeRoot,
        waste.name,
        documentText(documentOf({ [module]: leaveOutSecrets(redactor, waste.part, module, []) })),
        now(),
      ));
    const copy = await writePresetFile(path, after, read, now());
    if (copy !== undefined && 'problem' in read) {
      const { problem } = read;
      const message = `${path} ${problem}; it is kept as ${copy}`;
      const parts = faultParts(read);
      warnings.push(notice('file_copied', { path, problem, copy }, message, parts));
      log.warn(message);
    }
    return { changes, warnings, trashed };
  }

  /** Applies the files to the registry. */
  publish(): Notice[] {
    this.#parts.registry.refreshPresets();
    return [];
  }

  /** The undo step of a change to a module; the rest of its file stays. */
  undoStep(module: string, { changes, trashed }: Written): UndoStep {
    return {
      check: () => void undoChange(this.read(module), changes),
      run: async () => {
        const { warnings } = await this.write(module, { edit: (file) => undoChange(file, changes) });
        if (trashed) removeFromTrash(trashed);
        return warnings;
      },
    };
  }

  /** Makes one change to one module, with undo; `change` is null if nothing differs. */
  change(
    module: string,
    summary: CodedText<'change'>,
    edit: Edit,
  ): Promise<{ change: Change | null; warnings: Notice[] }> {
    const { history } = this.#parts;
    return history.runExclusive(async () => {
      const written = await this.write(module, edit);
      if (written.changes.length === 0) return { change: null, warnings: written.warnings };
      this.publish();
      const change = history.add({
        domain: 'presets',
        module,
        summary,
        ways: [this.undoStep(module, written)],
        publish: () => this.publish(),
      });
      return { change, warnings: written.warnings };
    });
  }
}
