import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CodedText } from '../../../../contract/coded-texts.ts';
import type { SetLine } from '../../../../contract/trials.ts';
import { AppError } from '../../lib/app-error.ts';
import { codedText } from '../../lib/coded-text.ts';
import { unreadable } from '../../lib/files/read-json.ts';
import { removeFile, replaceFile } from '../../lib/files/replace-file.ts';
import type { LineProblem } from './json-lines.ts';
import { readTrialSet, type ReadTrialSet, type VariableRules } from './read-trial-set.ts';
import { readGameSet, renpySets, type GameSet } from './renpy-sets.ts';
import { writeTrialSet, type TrialSet, type TrialSetHeader } from './trial-set.ts';

const ending = '.jsonl';

export interface LibraryFolders {
  /** The product's `trial-sets`. */
  builtIn: string;
  /** The user's own. */
  own: string;
  /** The folder of Ren'Py's games; Debian's by default. */
  games?: string;
}

const lineOf = (header: TrialSetHeader, source: SetLine['source'], set: TrialSet | null): SetLine => ({
  name: header.name,
  title: header.title,
  description: header.description ?? null,
  module: header.module,
  licence: header.licence,
  source_language: header.source_language ?? null,
  target_language: header.target_language ?? null,
  units: set && set.units.length,
  references: set && set.units.filter(({ references }) => references).length,
  source,
});

type SetWarning = CodedText<'set_warning'>;

function skippedLines(path: string, problems: readonly LineProblem[]): SetWarning {
  const [first = { line: 1, path: '', message: '' }] = problems;
  const { line, message } = first;
  const more = problems.length - 1;
  const detail = `${first.path} ${message}`.trim();
  const values = { path, line, more, message: detail };
  const others = more > 0 ? `, and ${more} more problems` : '';
  const english = `${path}: line ${line}: ${first.path} ${message}${others}`;
  return codedText('set_warning', 'lines_skipped', values, english);
}

/** The sets for comparing presets: built-in ones, the user's, and those from games on this machine. */
export class SetLibrary {
  readonly #folders: LibraryFolders;
  /** By path; a file is read again when it changes. */
  readonly #read = new Map<string, { stamp: string; set: ReadTrialSet }>();

  constructor(folders: LibraryFolders) {
    this.#folders = folders;
  }

  #files(): { path: string; name: string; source: 'built-in' | 'own' }[] {
    const { builtIn, own } = this.#folders;
    const of = (folder: string, source: 'built-in' | 'own') =>
      existsSync(folder)
        ? readdirSync(folder)
            .filter((file) => file.endsWith(ending))
            .sort()
            .map((file) => ({ path: join(folder, file), name: file.slice(0, -ending.length), source }))
        : [];
    return [...of(builtIn, 'built-in'), ...of(own, 'own')];
  }

  #load(path: string): ReadTrialSet {
    try {
      const { mtimeMs, size } = statSync(path);
      const stamp = `${mtimeMs} ${size}`;
      const known = this.#read.get(path);
      if (known?.stamp === stamp) return known.set;
      const set = readTrialSet(readFileSync(path, 'utf8'));
      this.#read.set(path, { stamp, set });
      return set;
    } catch (error) {
      throw unreadable(path, `cannot be read (${String((error as { code?: unknown }).code ?? error)})`);
    }
  }

  #games(): GameSet[] {
    return renpySets(this.#folders.games);
  }

  /** Every set; `warnings` name invalid files, and skipped lines. */
  list(): { sets: SetLine[]; warnings: SetWarning[] } {
    const sets: SetLine[] = [];
    const warnings: SetWarning[] = [];
    for (const { path, source } of this.#files()) {
      try {
        const { set, problems } = this.#load(path);
        if (problems.length) warnings.push(skippedLines(path, problems));
        if (set) sets.push(lineOf(set.header, source, set));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const { code, message } = error;
        warnings.push(codedText('set_warning', 'error', { error: code, message }, message));
      }
    }
    return { sets: [...sets, ...this.#games().map(({ header }) => lineOf(header, 'game', null))], warnings };
  }

  /** @throws AppError `not_found`, `file_unreadable` */
  get(name: string): TrialSet {
    for (const { path } of this.#files()) {
      const { set } = this.#load(path);
      if (set?.header.name === name) return set;
    }
    const game = this.#games().find(({ header }) => header.name === name);
    if (game) return readGameSet(game);
    throw new AppError('not_found', `there is no set "${name.slice(0, 80)}": see trials.sets`, { set: name });
  }

  /**
   * Writes the user's own set, new or replacing an older one.
   * @param rules the variables that prompt packs declare; a unit that violates them is refused
   * @throws AppError `id_taken` for the name of a built-in set, `invalid_request` for units that no pack
   * could send
   */
  async save(set: TrialSet, rules: (module: string) => VariableRules | undefined): Promise<SetLine> {
    const { name } = set.header;
    const taken = this.list().sets.some((line) => line.name === name && line.source !== 'own');
    if (taken) throw new AppError('id_taken', `"${name}" is a set of the panel's: choose another name`);
    const text = writeTrialSet(set);
    const { problems } = readTrialSet(text, rules);
    if (problems.length)
      throw new AppError('invalid_request', `the set cannot be used: ${problems[0]?.message}`, {
        problems: problems.slice(0, 50),
      });
    await replaceFile(join(this.#folders.own, `${name}${ending}`), text);
    return lineOf(set.header, 'own', set);
  }

  /** @throws AppError `not_found` for a set that is not the user's */
  async remove(name: string): Promise<void> {
    const file = this.#files().find((one) => one.source === 'own' && one.name === name);
    if (!file) throw new AppError('not_found', `you have no set "${name}" of your own`, { set: name });
    await removeFile(file.path);
  }
}
