import type { CodedText } from '../../../contract/coded-texts.ts';
import type { OperationOutput, ParsedInput } from '../../../contract/operations/table.ts';
import type { Change, ExportedModule, ImportItem, HiddenField } from '../../../contract/user-preset.ts';
import { settingsOf } from '../../../contract/preset-settings.ts';
import type { ProviderEntry } from '../../../contract/provider.ts';
import type { PackContent } from '../../../contract/user-pack.ts';
import { AppError } from '../lib/app-error.ts';
import { codedText } from '../lib/coded-text.ts';
import { notice, noticeFieldsOf, type Notice } from '../lib/notice.ts';
import type { PackStore } from '../prompt-packs/pack-store.ts';
import type { PackWriter } from '../prompt-packs/pack-writer.ts';
import type { UserPacks } from '../prompt-packs/user-packs.ts';
import type { Redactor } from '../lib/redact.ts';
import { moduleByName } from '../registry/module-name.ts';
import type { ProviderWriter } from '../providers/provider-writer.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { userProviderFile, userProviderFiles } from '../providers/user-provider-files.ts';
import { undoAll, type ChangeHistory, type UndoStep } from '../history/change-history.ts';
import { exportDocument } from './export-presets.ts';
import { leaveOutSecrets } from '../secrets/leave-out-secrets.ts';
import { planImport, type ImportPlan } from './plan-import.ts';
import { documentText } from '../history/preset-document.ts';
import { editIn, ownIn, shippedIn } from '../presets/preset-edits.ts';
import { loadPresetFiles } from '../registry/presets/preset-files.ts';
import type { PresetStore } from '../presets/preset-store.ts';
import { readDocument } from './read-document.ts';

export interface PresetExchangeParts {
  packs: UserPacks;
  packStore: PackStore;
  packWriter: PackWriter;
  registry: RegistryStore;
  store: PresetStore;
  writer: ProviderWriter;
  history: ChangeHistory;
  redactor: Redactor;
}

type ExportInput = ParsedInput<'presets.export'>;

function summaryOf(items: readonly ImportItem[]): CodedText<'change'> {
  const n = items.filter(({ outcome }) => outcome === 'added' || outcome === 'replaced').length;
  return codedText('change', 'items_imported', { items: n }, `imported ${n} ${n === 1 ? 'thing' : 'things'}`);
}

/** Export and import of presets as files. */
export class PresetExchange {
  readonly #parts: PresetExchangeParts;

  constructor(parts: PresetExchangeParts) {
    this.#parts = parts;
  }

  #one(name: string, id: string): [string, ExportedModule] {
    const { registry, store } = this.#parts;
    const module = moduleByName(registry.current, name);
    const file = store.read(module.name);
    const own = ownIn(file, id);
    if (own) return [module.name, { presets: [own], edits: {} }];
    const entry = shippedIn(registry.current.shipped.modules.get(module.name), id);
    if (!entry) throw new AppError('not_found', `${module.name} has no preset "${id}"`);
    return [module.name, { presets: [], edits: { [id]: editIn(file, id) ?? settingsOf(entry) } }];
  }

  #modules(input: ExportInput, warnings: Notice[]): Map<string, ExportedModule> {
    if (input.scope === 'preset') return new Map([this.#one(input.module, input.id)]);
    const { files } = loadPresetFiles(this.#parts.store.runtimeRoot, warnings);
    const wanted =
      input.scope === 'module'
        ? [moduleByName(this.#parts.registry.current, input.module).name]
        : [...files.keys()];
    return new Map(
      wanted.map((name) => {
        const { active, presets, edits } = files.get(name) ?? { active: null, presets: [], edits: {} };
        return [name, { active, presets, edits }];
      }),
    );
  }

  /** The user's valid packs; the others are named in `warnings`. */
  async #allPacks(warnings: Notice[]): Promise<PackContent[]> {
    const { mine } = await this.#parts.packs.library();
    const { packWriter } = this.#parts;
    return mine.flatMap(({ module, folder }) => {
      const content = packWriter.read(module);
      if (!content) {
        const message = `${folder} does not hold a whole prompt pack and is left out`;
        warnings.push(notice('pack_incomplete', { folder }, message));
      }
      return content ?? [];
    });
  }

  /**
   * A preset, a module or everything as one file, without secrets.
   * @throws AppError `unknown_module`, `not_found`
   */
  async export(input: ExportInput): Promise<OperationOutput<'presets.export'>> {
    const { store } = this.#parts;
    const warnings: Notice[] = [];
    const providers =
      input.scope === 'everything' ? userProviderFiles(store.runtimeRoot).map(({ entry }) => entry) : [];
    const packs = input.scope === 'everything' ? await this.#allPacks(warnings) : [];
    const what = input.scope === 'preset' ? input.id : input.scope === 'module' ? input.module : 'everything';
    return this.#file(`comfyvn-presets-${what}`, this.#modules(input, warnings), providers, packs, warnings);
  }

  /**
   * One prompt pack as a file, the user's or a built-in one.
   * @throws AppError `unknown_module`, `file_unreadable`
   */
  async exportPack(which: ParsedInput<'packs.export'>): Promise<OperationOutput<'packs.export'>> {
    const content = await this.#parts.packs.content(which);
    return this.#file(`comfyvn-prompt-pack-${content.pack.module}`, new Map(), [], [content], []);
  }

  #file(
    name: string,
    modules: ReadonlyMap<string, ExportedModule>,
    providers: readonly ProviderEntry[],
    packs: readonly PackContent[],
    warnings: Notice[],
  ): OperationOutput<'presets.export'> {
    const document = exportDocument(this.#parts.redactor, modules, providers, packs);
    const file_name = `${name.replace(/[^\w.-]+/g, '-')}.json`;
    const left_out = document.left_out ?? [];
    return { document, text: documentText(document), file_name, left_out, ...noticeFieldsOf(warnings) };
  }

  async #plan(input: ParsedInput<'presets.import'>): Promise<ImportPlan> {
    const { registry, store, redactor, packStore, packWriter } = this.#parts;
    const document = readDocument(input.document);
    const checkPack = document.packs?.length ? await packStore.checker() : undefined;
    return planImport(document, {
      checkPack: (pack) => checkPack?.(pack).problems ?? [],
      ownPack: (module) => packWriter.read(module),
      registry: registry.current,
      fileOf: (module) => store.read(module),
      ownProvider: (name) => {
        const entry = userProviderFile(store.runtimeRoot, name)?.entry;
        return entry && leaveOutSecrets(redactor, entry, '', [] as HiddenField[]);
      },
    });
  }

  /**
   * Previews or applies a document: all of it or nothing.
   * @throws AppError `file_unreadable`, `body_too_large`, `forbidden_key` for the whole document;
   * `file_unreadable` if an item is refused without `skip_refused`
   */
  async import(input: ParsedInput<'presets.import'>): Promise<OperationOutput<'presets.import'>> {
    if (input.mode === 'preview') {
      const { items } = await this.#plan(input);
      return { applied: false, items, change: null, ...noticeFieldsOf([]) };
    }
    return this.#parts.history.runExclusive(() => this.#apply(input));
  }

  async #apply(input: ParsedInput<'presets.import'>): Promise<OperationOutput<'presets.import'>> {
    const plan = await this.#plan(input);
    const refused = plan.items.filter(({ outcome }) => outcome === 'refused');
    const [first] = refused;
    if (first && !input.skip_refused)
      throw new AppError(
        'file_unreadable',
        `nothing was imported: ${refused.length} of ${plan.items.length} are refused, the first ${first.id ?? first.what}: ${first.reason}`,
        { items: plan.items },
      );
    const ways: UndoStep[] = [];
    const warnings: Notice[] = [];
    try {
      await this.#writeProviders(plan, ways, warnings);
      await this.#writeModules(plan, ways, warnings);
      await this.#writePacks(plan, ways, warnings);
    } catch (error) {
      await undoAll(ways);
      this.#parts.packWriter.publish();
      this.#parts.registry.tryRefresh();
      throw error;
    }
    const change = ways.length ? this.#remember(plan, ways) : null;
    return { applied: true, items: plan.items, change, ...noticeFieldsOf(warnings) };
  }

  async #writeProviders({ providers }: ImportPlan, ways: UndoStep[], warnings: Notice[]): Promise<void> {
    const { writer } = this.#parts;
    const paths: string[] = [];
    for (const entry of providers) {
      const written = await writer.write(entry);
      ways.push(writer.undoStep(written));
      paths.push(written.path);
    }
    if (paths.length) warnings.push(...writer.publish(paths));
  }

  async #writeModules({ files }: ImportPlan, ways: UndoStep[], warnings: Notice[]): Promise<void> {
    const { store } = this.#parts;
    for (const [module, next] of files) {
      const written = await store.write(module, { edit: () => next });
      ways.push(store.undoStep(module, written));
      warnings.push(...written.warnings);
    }
    store.publish();
  }

  async #writePacks({ packs }: ImportPlan, ways: UndoStep[], warnings: Notice[]): Promise<void> {
    const { packWriter } = this.#parts;
    for (const content of packs) {
      const written = await packWriter.write(content);
      ways.push(packWriter.undoStep(written));
      warnings.push(...written.warnings);
    }
    packWriter.publish();
  }

  #remember({ items, providers, files, packs }: ImportPlan, ways: readonly UndoStep[]): Change {
    const { store, history, registry, packWriter } = this.#parts;
    const publish = () => {
      if (packs.length) packWriter.publish();
      if (providers.length) registry.tryRefresh();
      else store.publish();
      return [];
    };
    const domain = packs.length && !providers.length && !files.size ? 'packs' : 'presets';
    return history.add({ domain, module: null, summary: summaryOf(items), ways, publish });
  }
}
