import type { ParsedInput } from '../../../../contract/operations/table.ts';
import type { SetLine } from '../../../../contract/trials.ts';
import { detailOf } from '../../lib/coded-text.ts';
import { AppError } from '../../lib/app-error.ts';
import type { PackStore } from '../../prompt-packs/pack-store.ts';
import { variableProblems } from '../../prompt-packs/variables.ts';
import { translationsOf } from '../../translation/glossary/glossary-entry.ts';
import type { TranslationService } from '../../translation/translation-service.ts';
import { exportUnits, type ReviewedUnit } from './export-units.ts';
import { importUnits } from './import-units.ts';
import type { LineProblem } from './json-lines.ts';
import type { VariableRules } from './read-trial-set.ts';
import type { SetLibrary } from './set-library.ts';
import type { TranslationSetHeader } from './trial-set.ts';

export interface SetServiceParts {
  library: SetLibrary;
  packs: PackStore;
  translation(): Promise<TranslationService>;
}

interface SavedSet {
  set: SetLine;
  problems: LineProblem[];
  repeated: number;
}

const pageSize = 1000;

/** Lists, creates and removes sets, for the operations. */
export class SetService {
  readonly #parts: SetServiceParts;

  constructor(parts: SetServiceParts) {
    this.#parts = parts;
  }

  list({ module }: ParsedInput<'trials.sets'>) {
    const { sets, warnings } = this.#parts.library.list();
    return {
      sets: module === undefined ? sets : sets.filter((set) => set.module === module),
      warnings: warnings.map(({ message }) => message),
      warning_details: warnings.map(detailOf),
    };
  }

  /** The prompt packs' rules for a unit's variables. */
  async #rules(): Promise<(module: string) => VariableRules | undefined> {
    const { packs } = await this.#parts.packs.all();
    const declared = new Map(packs.map(({ file }) => [file.module, file.variables]));
    return (module) => {
      const variables = declared.get(module);
      return variables && ((values) => variableProblems(variables, values));
    };
  }

  /** @throws AppError `invalid_request` with every invalid line, `id_taken` */
  async import(input: ParsedInput<'trials.importSet'>): Promise<SavedSet> {
    const { name, title = name, licence = 'not stated', text, skip_problems } = input;
    const { source_language, target_language } = input;
    const header: TranslationSetHeader = {
      format: 1,
      name,
      title,
      module: 'translate',
      licence,
      ...(source_language ? { source_language } : {}),
      ...(target_language ? { target_language } : {}),
    };
    const rules = await this.#rules();
    const { set, problems, repeated } = importUnits(text, header, rules);
    const [first] = problems;
    if (!set || !set.units.length || (first && !skip_problems))
      throw new AppError(
        'invalid_request',
        first
          ? `line ${first.line}: ${[first.path, first.message].filter(Boolean).join(' ')}; ${problems.length} problems in all, nothing was imported`
          : 'the file has no lines',
        { problems: problems.slice(0, 100) },
      );
    // A file with its own header keeps it, except for the requested name.
    const named = { ...set, header: { ...set.header, name } };
    return { set: await this.#parts.library.save(named, rules), problems, repeated };
  }

  /** @throws AppError `not_found`, `invalid_request` if no unit is reviewed */
  async fromProject({
    project,
    name,
    title,
    from_files = false,
  }: ParsedInput<'trials.fromProject'>): Promise<SavedSet> {
    const service = await this.#parts.translation();
    const { settings } = (await service.get({ project })).project;
    const units: ReviewedUnit[] = [];
    for (let after: number | null = 0; after !== null;) {
      const page: Awaited<ReturnType<TranslationService['units']>> = await service.units({
        project,
        after,
        limit: pageSize,
        gone: false,
      });
      for (const { key, file, scene, speaker, source, target, state, origin, stale } of page.units) {
        const fromFile = from_files && origin === 'file' && state !== 'flagged';
        units.push({
          key,
          file,
          ...(scene ? { scene } : {}),
          ...(speaker ? { speaker } : {}),
          source,
          target,
          // A translation of an earlier source text is not a reference.
          state: stale ? 'stale' : fromFile ? 'reviewed' : state,
        });
      }
      after = page.next;
    }
    const { entries } = await service.glossary({ project });
    const glossary = Object.fromEntries(
      entries.flatMap((entry) => {
        const [first] = translationsOf(entry);
        return first ? [[entry.term, first]] : [];
      }),
    );
    const header: TranslationSetHeader = {
      format: 1,
      name,
      title: title ?? settings.name,
      module: 'translate',
      licence: 'not stated',
      target_language: settings.target_language.slice(0, 35),
      ...(settings.source_language ? { source_language: settings.source_language.slice(0, 35) } : {}),
    };
    const { set, left } = exportUnits(units, header, glossary);
    if (!set.units.length)
      throw new AppError(
        'invalid_request',
        'the project has no reviewed translation: review lines first, or take the game’s own translations (from_files)',
        { project },
      );
    const repeated = left.filter(({ reason }) => reason === 'repeated').length;
    return { set: await this.#parts.library.save(set, await this.#rules()), problems: [], repeated };
  }

  async remove({ name }: ParsedInput<'trials.removeSet'>) {
    await this.#parts.library.remove(name);
    return {};
  }
}
