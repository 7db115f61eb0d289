import type { CodedText } from '../../../../contract/coded-texts.ts';
import { existsSync, readFileSync } from 'node:fs';
import type { OperationOutput, ParsedInput } from '../../../../contract/operations/table.ts';
import type { BrokenFile } from '../../../../contract/user-file.ts';
import { limitVariables, limitsFrom } from '../../budget/limits.ts';
import type { ChangeHistory } from '../../history/change-history.ts';
import { AppError } from '../../lib/app-error.ts';
import { codedText, detailOf } from '../../lib/coded-text.ts';
import type { Log } from '../../lib/log/log.ts';
import type { Desktop, Env, SettingsStore } from '../../lib/host/ports.ts';
import { unreadable } from '../../lib/files/read-json.ts';
import { decodeText, readTextFile } from '../../lib/files/read-text-file.ts';
import { quarantineCopy, removeFile, replaceFile, untilReadable } from '../../lib/files/replace-file.ts';
import { packFoldersIn, userPacksFolder, type PackStore } from '../../prompt-packs/pack-store.ts';
import type { RegistryStore } from '../../registry/registry-store.ts';
import { effectOf, filesOfGoodPacks, lookAtFiles, shownPath, type LookedAt } from './find-broken.ts';
import { LastGood } from './last-good.ts';
import { repairFile } from './repair-file.ts';

export interface UserFilesParts {
  runtimeRoot: string;
  env: Env;
  registry: RegistryStore;
  packs: PackStore;
  settings: SettingsStore;
  history: ChangeHistory;
  log: Log;
  desktop: Desktop | undefined;
  now(): number;
  /** Called after a file was written, so that its readers read it again. */
  onWritten(): void;
}

type Mended = OperationOutput<'files.repair'>;

/** Files that belong to ComfyVN are shown and opened, but never written. */
const isForeign = ({ kind }: Pick<BrokenFile, 'kind'>) =>
  kind === 'comfyvn_registry' || kind === 'features' || kind === 'variable';

/**
 * A file's bytes; undefined if it does not exist.
 * @throws file system errors
 */
const bytesOf = (file: string) => (existsSync(file) ? readFileSync(file) : undefined);

/** Finds broken files among those that a user can write, and repairs or restores them. */
export class UserFiles {
  readonly #parts: UserFilesParts;
  readonly #lastGood: LastGood;
  #keeping: Promise<void> = Promise.resolve();

  constructor(parts: UserFilesParts) {
    this.#parts = parts;
    this.#lastGood = new LastGood(parts.runtimeRoot);
  }

  #ownPacks = async () => [...(await this.#parts.packs.loaded()).own.values()];

  #look(): Promise<LookedAt[]> {
    const { runtimeRoot, env } = this.#parts;
    return lookAtFiles({
      runtimeRoot,
      comfyvnRegistry: env['COMFYVN_LLM_REGISTRY'],
      ownPacks: this.#ownPacks,
    });
  }

  #isStillUsed({ file, kind }: LookedAt): boolean {
    const { userProviders, comfyvn } = this.#parts.registry.current;
    if (kind === 'provider') return userProviders.files.has(file);
    return kind === 'comfyvn_registry' && comfyvn.value !== undefined;
  }

  #shown(looked: LookedAt): BrokenFile {
    const { file, kind, problems } = looked;
    const mayWrite = !isForeign(looked) && !looked.unreadable;
    const text = mayWrite ? readTextFile(file) : undefined;
    const repair = text?.state === 'read' ? repairFile(kind, file, text.text) : null;
    return {
      file,
      shown: shownPath(this.#parts.runtimeRoot, file),
      kind,
      problems,
      effect: effectOf(looked, this.#isStillUsed(looked)),
      repair: repair?.repairs ?? null,
      last_good: mayWrite ? this.#lastGood.at(file) : null,
    };
  }

  /** Budget variables that are not amounts; the default limit applies. */
  #brokenVariables(): BrokenFile[] {
    const { env, settings } = this.#parts;
    const { problems } = limitsFrom(env, settings.get());
    return Object.values(limitVariables).flatMap((variable) => {
      const problem = problems.find((text) => text.startsWith(`${variable} `));
      if (problem === undefined) return [];
      const message = problem.slice(variable.length + 1);
      const message_detail = detailOf(codedText('file_problem', 'not_amount', { variable }, message));
      const only = { path: '', message, message_detail, line: null, column: null };
      return [
        {
          file: variable,
          shown: variable,
          kind: 'variable' as const,
          problems: [only],
          effect: 'defaults' as const,
          repair: null,
          last_good: null,
        },
      ];
    });
  }

  /** All files with problems, each with the complete list. */
  async broken(): Promise<OperationOutput<'files.broken'>> {
    const files = (await this.#look()).filter(({ problems }) => problems.length > 0);
    return {
      files: [...files.map((looked) => this.#shown(looked)), ...this.#brokenVariables()],
      opens_files: this.#parts.desktop !== undefined,
    };
  }

  /**
   * Copies every valid file for `files.restore`. Never throws: without a copy, restoring is simply not
   * offered.
   */
  keepGood(): Promise<void> {
    return (this.#keeping = this.#keeping.then(() => this.#keepGood()));
  }

  async #keepGood(): Promise<void> {
    try {
      // A file may be written at any moment, so it is copied only if it has not changed since before the
      // check.
      const before = this.#lastGood.contentsOf(await this.#goodFiles());
      await this.#lastGood.keep(await this.#goodFiles(), before);
      await this.#lastGood.dropGone();
    } catch (error) {
      this.#parts.log.warn(`the copies of good files were not written: ${String(error)}`);
    }
  }

  async #goodFiles(): Promise<string[]> {
    const files = await this.#look();
    const good = files.filter((one) => one.problems.length === 0 && !isForeign(one)).map(({ file }) => file);
    return [...good, ...(await this.#goodPackFiles(files))];
  }

  /** Waits for copies that are being written. */
  close(): Promise<void> {
    return this.#keeping;
  }

  async #goodPackFiles(files: readonly LookedAt[]): Promise<string[]> {
    // Reading packs loads their template engine, so it is skipped if there are none.
    if (packFoldersIn(userPacksFolder(this.#parts.runtimeRoot)).length === 0) return [];
    const broken = new Set(files.filter(({ problems }) => problems.length > 0).map(({ file }) => file));
    return filesOfGoodPacks(await this.#ownPacks()).filter((file) => !broken.has(file));
  }

  /** @throws AppError `not_found` for a file that is not broken, or that belongs to ComfyVN */
  async #find(file: string): Promise<LookedAt> {
    const found = (await this.#look()).find((one) => one.file === file && one.problems.length > 0);
    if (!found) throw new AppError('not_found', `${file} is not a broken file of yours: nothing was changed`);
    return found;
  }

  async #mend(
    file: string,
    summary: CodedText<'change'>,
    make: (looked: LookedAt) => Buffer | string | undefined,
  ): Promise<Mended> {
    const { history, now, onWritten } = this.#parts;
    return history.runExclusive(async () => {
      await untilReadable([file]);
      const looked = await this.#find(file);
      if (looked.unreadable) throw unreadable(file, looked.problems[0]?.message ?? 'cannot be read');
      const after = isForeign(looked) ? undefined : make(looked);
      if (after === undefined)
        throw new AppError('invalid_request', `no repair is known for ${file}: open it and edit it`);
      const old = readTextFile(file);
      const encoding = old.state === 'read' ? old.encoding : undefined;
      const before = bytesOf(file);
      const copy = before ? quarantineCopy(file, now()) : null;
      await replaceFile(file, after, encoding && { encoding });
      const change = this.#remember(summary, file, before);
      onWritten();
      return { copy, change };
    });
  }

  /** Stores bytes, because a broken file may not be valid text. */
  #remember(summary: CodedText<'change'>, file: string, before: Buffer | undefined): Mended['change'] {
    const { history, onWritten } = this.#parts;
    const after = bytesOf(file);
    const step = {
      check() {
        const now = bytesOf(file);
        if (now === undefined || after === undefined ? now !== after : !now.equals(after))
          throw new AppError('invalid_request', `${file} was changed again since; undo that first`);
      },
      async run() {
        if (before === undefined) await removeFile(file);
        else await replaceFile(file, before);
        return [];
      },
    };
    const publish = () => {
      onWritten();
      return [];
    };
    return history.add({ domain: 'files', module: null, summary, ways: [step], publish });
  }

  /** @throws AppError `not_found`, `invalid_request` if no repair is known, `file_unreadable` */
  repair({ file }: ParsedInput<'files.repair'>): Promise<Mended> {
    const shown = shownPath(this.#parts.runtimeRoot, file);
    const summary = codedText('change', 'file_repaired', { file: shown }, `repaired ${shown}`);
    return this.#mend(file, summary, ({ kind }) => {
      const text = readTextFile(file);
      return text.state === 'read' ? repairFile(kind, file, text.text)?.text : undefined;
    });
  }

  /** @throws AppError `not_found`, `invalid_request` if there is no copy, `file_unreadable` */
  restore({ file }: ParsedInput<'files.restore'>): Promise<Mended> {
    const shown = shownPath(this.#parts.runtimeRoot, file);
    const summary = codedText('change', 'file_restored', { file: shown }, `put back the last good ${shown}`);
    return this.#mend(file, summary, () => {
      if (this.#lastGood.at(file) === null) return undefined;
      const bytes = this.#lastGood.read(file);
      const text = decodeText(bytes);
      return 'text' in text ? text.text : bytes;
    });
  }

  /** @throws AppError `not_found`, `invalid_request` in a process without a desktop, `file_unreadable` */
  async open({ file, line = 1 }: ParsedInput<'files.open'>): Promise<Record<string, never>> {
    const { desktop } = this.#parts;
    if (!desktop) throw new AppError('invalid_request', 'files are opened by the desktop app only');
    await this.#find(file);
    const problem = await desktop.openFile(file, line);
    if (problem) throw new AppError('file_unreadable', `${file} cannot be opened (${problem})`, { file });
    return {};
  }
}
