import type { CodedText } from '../../../contract/coded-texts.ts';
import { existsSync } from 'node:fs';
import type { OperationOutput, ParsedInput } from '../../../contract/operations/table.ts';
import type { PackSource, PackSummary } from '../../../contract/prompt-pack.ts';
import type { PackContent, PackProblem } from '../../../contract/user-pack.ts';
import type { HiddenField } from '../../../contract/user-preset.ts';
import { AppError } from '../lib/app-error.ts';
import { codedText } from '../lib/coded-text.ts';
import type { ChangeHistory } from '../history/change-history.ts';
import { cutSecrets } from '../secrets/leave-out-secrets.ts';
import type { Redactor } from '../lib/redact.ts';
import { foldModuleName } from '../registry/module-name.ts';
import type { Pack } from './pack.ts';
import { packContentIn, type PackWriter, type WrittenPack } from './pack-writer.ts';
import { readPackFolder } from './files/pack-folder.ts';
import { placeInList, type PackStore } from './pack-store.ts';
import { editedFrom } from './files/pack-texts.ts';
import type { PackVersions } from './files/pack-versions.ts';
import { previewPack } from './preview-pack.ts';
import { starterPack } from './starter-pack.ts';
import { notice, noticeFieldsOf, type Notice } from '../lib/notice.ts';

/** One line for a person; templates' messages have their line in them already. */
export function problemText({ file, path, message, line }: PackProblem): string {
  const where = path ? `${file}, at ${path}` : file;
  const at = line === undefined || message.includes(`line:${line}`) ? '' : ` (line ${line})`;
  return `${where}: ${message}${at}`;
}

export interface UserPacksParts {
  store: PackStore;
  writer: PackWriter;
  versions: PackVersions;
  history: ChangeHistory;
  redactor: Redactor;
  /** Whether the registry knows the module: a user's pack may have none. */
  hasModule(module: string): boolean;
}

type Written = OperationOutput<'packs.save'>;
type Which = ParsedInput<'packs.source'>;

function summaryOf({ file, source }: Pack): PackSummary {
  const { module, title, version, description, tags } = file;
  return { module, title, version, description, tags, source };
}

function refused(problems: readonly PackProblem[]): AppError {
  const text = problems.slice(0, 3).map(problemText).join('; ');
  const more = problems.length > 3 ? `; and ${problems.length - 3} more` : '';
  const fields = problems.map(({ file, path, message, message_detail }) => ({
    path: path ? `${file}: ${path}` : file,
    message,
    message_detail,
  }));
  return new AppError('invalid_request', `the pack is not saved: ${text}${more}`, { fields, problems });
}

/** The user's own prompt packs: a folder each, which takes precedence over the module's built-in pack. */
export class UserPacks {
  readonly #parts: UserPacksParts;

  constructor(parts: UserPacksParts) {
    this.#parts = parts;
  }

  async library(): Promise<OperationOutput<'packs.library'>> {
    const { builtIn, own } = await this.#parts.store.loaded();
    const inOrder = (a: { module: string }, b: { module: string }) =>
      placeInList(a.module) - placeInList(b.module);
    return {
      built_in: [...builtIn.values()]
        .map((pack) => ({ ...summaryOf(pack), overridden: Boolean(own.get(pack.file.module)?.pack) }))
        .toSorted(inOrder),
      mine: [...own.values()]
        .map(({ module, folder, pack, problem }) => ({
          module,
          folder,
          summary: pack && summaryOf(pack),
          problem,
        }))
        .toSorted(inOrder),
      changes: this.#parts.history.list(['packs']),
    };
  }

  /**
   * The location of a pack's files.
   * @throws AppError `unknown_module`
   */
  async #find({ module, source }: Which): Promise<{ module: string; source: PackSource; folder: string }> {
    const { store } = this.#parts;
    const { builtIn, own, byModule } = await store.loaded();
    const name = own.has(module) ? module : foldModuleName(module);
    const mine = own.get(name);
    const wanted = source ?? (byModule.get(name)?.source === 'built-in' ? 'built-in' : 'user');
    if (wanted === 'user' && mine) return { module: name, source: wanted, folder: mine.folder };
    if (wanted === 'built-in' && builtIn.has(name))
      return { module: name, source: wanted, folder: store.shippedFolder(name) };
    return store.unknown(module, wanted === 'user' ? [...own.keys()] : [...builtIn.keys()]);
  }

  /**
   * A pack as its files have it, even if it cannot be used.
   * @throws AppError `unknown_module`
   */
  async source(which: Which): Promise<OperationOutput<'packs.source'>> {
    const { store, versions } = this.#parts;
    const found = await this.#find(which);
    const { texts, problems: unread } = readPackFolder(found.folder);
    const { content, problems: broken } = editedFrom(texts);
    const early = [...unread, ...broken];
    const own = found.source === 'user';
    const checked = own ? (await store.checker())(content, found.module).problems : [];
    return {
      ...found,
      folder: own ? found.folder : null,
      content,
      // An unreadable file is reported once, not once for each missing field.
      problems: [...early, ...checked.filter(({ file }) => early.every((problem) => problem.file !== file))],
      versions: own ? versions.list(found.module) : [],
    };
  }

  /** @throws AppError `not_found`, `file_unreadable` */
  version({ module, id }: ParsedInput<'packs.version'>): OperationOutput<'packs.version'> {
    return this.#parts.versions.get(foldModuleName(module), id);
  }

  async preview({
    content,
    variables,
  }: ParsedInput<'packs.preview'>): Promise<OperationOutput<'packs.preview'>> {
    const check = await this.#parts.store.checker();
    return previewPack(check(content), variables);
  }

  /** Writes one pack, publishes it and registers the undo step; calls must not overlap. */
  async #written(content: PackContent, summary: CodedText<'change'>): Promise<Written> {
    const { writer } = this.#parts;
    const written = await writer.write(content);
    const same = writer.isSame(written);
    const change = same ? null : this.#remember(summary, written);
    return {
      module: written.module,
      folder: written.folder,
      change,
      ...noticeFieldsOf([...written.warnings, ...this.#notes(content)]),
    };
  }

  #remember(summary: CodedText<'change'>, written: WrittenPack): NonNullable<Written['change']> {
    const { writer, history } = this.#parts;
    writer.publish();
    return history.add({
      domain: 'packs',
      module: written.module,
      summary,
      ways: [writer.undoStep(written)],
      publish: () => writer.publish(),
    });
  }

  #notes(content: PackContent): Notice[] {
    const { redactor, hasModule } = this.#parts;
    const { module } = content.pack;
    const keys: HiddenField[] = [];
    cutSecrets(redactor, content, 'pack', keys);
    return [
      ...keys.map(({ path }) =>
        notice(
          'key_in_pack',
          { field: path },
          `${path} holds what looks like a key: it goes to the provider with every call`,
        ),
      ),
      ...(hasModule(module)
        ? []
        : [
            notice(
              'pack_without_module',
              { module },
              `no module is called "${module}": a call with this pack has to name a provider`,
            ),
          ]),
    ];
  }

  /** @throws AppError `invalid_request` with every problem in `details.problems`, `file_unreadable` */
  async save({ content: edited }: ParsedInput<'packs.save'>): Promise<Written> {
    const { store, history } = this.#parts;
    const { content, problems } = (await store.checker())(edited);
    if (!content || problems.length) throw refused(problems);
    const { module } = content.pack;
    const summary = codedText('change', 'pack_saved', { module }, `saved the prompt pack ${module}`);
    return history.runExclusive(() => this.#written(content, summary));
  }

  /**
   * Adds a pack if the user has none for the module.
   * @throws AppError `id_taken`
   */
  #add(content: PackContent, summary: CodedText<'change'>): Promise<Written> {
    const { writer, history } = this.#parts;
    const { module } = content.pack;
    return history.runExclusive(async () => {
      if (existsSync(writer.folder(module)))
        throw new AppError(
          'id_taken',
          `you have a prompt pack for ${module} already: change or remove that one`,
          {
            module,
          },
        );
      return this.#written(content, summary);
    });
  }

  async create({ module, title }: ParsedInput<'packs.create'>): Promise<Written> {
    const summary = codedText('change', 'pack_created', { module }, `created the prompt pack ${module}`);
    return this.#add(starterPack(module, title), summary);
  }

  /** Copies a pack to one of the user's own: overriding the built-in one, or for another module. */
  async duplicate({ to, ...which }: ParsedInput<'packs.duplicate'>): Promise<Written> {
    const content = await this.content(which);
    const module = to ?? content.pack.module;
    return this.#add(
      { ...content, pack: { ...content.pack, module } },
      codedText('change', 'pack_duplicated', { module }, `duplicated the prompt pack ${module}`),
    );
  }

  /**
   * A pack's files as data.
   * @throws AppError `unknown_module`, `file_unreadable` for an incomplete one
   */
  async content(which: Which): Promise<PackContent> {
    const { folder } = await this.#find(which);
    const content = packContentIn(readPackFolder(folder).texts);
    if (content) return content;
    throw new AppError('file_unreadable', `${folder} does not hold a whole prompt pack`, { file: folder });
  }

  /**
   * Moves the user's pack to the trash, whatever its state.
   * @throws AppError `unknown_module`, `invalid_request`
   */
  async remove({ module: name }: ParsedInput<'packs.remove'>): Promise<OperationOutput<'packs.remove'>> {
    const { store, writer, history } = this.#parts;
    const { builtIn, own } = await store.loaded();
    const module = own.has(name) ? name : foldModuleName(name);
    return history.runExclusive(async () => {
      if (!existsSync(writer.folder(module)) || !own.has(module)) {
        if (!builtIn.has(module)) store.unknown(name, [...own.keys()]);
        throw new AppError(
          'invalid_request',
          `${module} ships with the panel; only packs of your own can be removed`,
        );
      }
      const written = await writer.remove(module);
      const summary = codedText('change', 'pack_removed', { module }, `removed the prompt pack ${module}`);
      const change = this.#remember(summary, written);
      const message = `there is no other prompt pack for ${module}`;
      const warnings = builtIn.has(module) ? [] : [notice('no_other_pack', { module }, message)];
      return { change, ...noticeFieldsOf(warnings) };
    });
  }
}
