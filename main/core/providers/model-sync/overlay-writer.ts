import type { CodedText } from '../../../../contract/coded-texts.ts';
import type { KeptModel, OverlayFile } from '../../../../contract/model-sync.ts';
import type { Change } from '../../../../contract/user-preset.ts';
import type { ChangeHistory } from '../../history/change-history.ts';
import { moveToTrash } from '../../history/trash.ts';
import { unreadable } from '../../lib/files/read-json.ts';
import { faultParts, notice, type Notice } from '../../lib/notice.ts';
import { quarantineCopy } from '../../lib/files/replace-file.ts';
import { overlayPath, readOverlay, writeOverlay } from '../../registry/overlay/overlay-files.ts';
import type { RegistryStore } from '../../registry/registry-store.ts';
import { ProviderWriter, textIn, type WrittenProvider } from '../provider-writer.ts';

export interface OverlayWriterParts {
  registry: RegistryStore;
  runtimeRoot: string;
  history: ChangeHistory;
  now(): number;
}

interface KeptBefore {
  models: Map<string, KeptModel>;
  /** Moves a file away that must not simply be replaced. */
  aside?: () => unknown;
  warnings: Notice[];
}

/** Writes the files of model facts, with undo; calls must not overlap. */
export class OverlayWriter {
  readonly #parts: OverlayWriterParts;
  readonly #writer: ProviderWriter;

  constructor(parts: OverlayWriterParts) {
    this.#parts = parts;
    this.#writer = new ProviderWriter(parts.registry, parts.runtimeRoot);
  }

  #keptBefore(path: string, origin: string): KeptBefore {
    const { runtimeRoot, now } = this.#parts;
    const read = readOverlay(path);
    const of = ({ models }: OverlayFile) => new Map(models.map((facts) => [facts.id, facts]));
    if (!read.found) return { models: new Map(), warnings: [] };
    if ('problem' in read && read.unreadable) throw unreadable(path, read.problem);
    if ('problem' in read) {
      const { problem } = read;
      const message = `${path}: ${problem}; a copy of it is kept beside the new one`;
      const parts = faultParts(read);
      return {
        models: new Map(),
        aside: () => quarantineCopy(path, now()),
        warnings: [notice('file_copied', { path, problem, copy: null }, message, parts)],
      };
    }
    if (read.file.origin === origin) return { models: of(read.file), warnings: [] };
    const aside = () => moveToTrash(runtimeRoot, path, now());
    const { origin: other } = read.file;
    const message = `what was kept from ${other} does not hold here and is in the trash`;
    return {
      models: new Map(),
      aside,
      warnings: [notice('facts_in_trash', { origin: other }, message)],
    };
  }

  /**
   * Merges facts into those in the provider's file.
   * @param origin where the facts apply
   * @throws AppError `file_unreadable`
   */
  async keep(
    provider: string,
    origin: string,
    facts: readonly KeptModel[],
  ): Promise<{ written: WrittenProvider; warnings: Notice[] }> {
    const path = overlayPath(this.#parts.runtimeRoot, provider);
    const { models, aside, warnings } = this.#keptBefore(path, origin);
    for (const one of facts) models.set(one.id, one);
    const before = textIn(path);
    await aside?.();
    await writeOverlay(path, { version: 1, provider, origin, models: [...models.values()] });
    return { written: { path, before, after: textIn(path) }, warnings };
  }

  /**
   * Applies the files to the registry.
   * @returns messages for the user
   */
  publish(written: readonly WrittenProvider[]): Notice[] {
    return this.#writer.publish(written.map(({ path }) => path));
  }

  /** Registers the change, so that it can be undone as a whole. */
  remember(
    summary: CodedText<'change'>,
    written: readonly WrittenProvider[],
    afterUndo: () => void = () => {},
  ): Change {
    const publish = () => {
      afterUndo();
      return this.publish(written);
    };
    const ways = written.map((one) => this.#writer.undoStep(one));
    return this.#parts.history.add({ domain: 'providers', module: null, summary, ways, publish });
  }
}
