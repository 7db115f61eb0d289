import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFile } from '../../../../contract/translation.ts';
import { FormatError, type Unit } from '../../../formats/define.ts';
import { findFiles, type GameFile } from '../../translation/import/find-files.ts';
import { formatOptions } from '../../translation/import/format-options.ts';
import { exportUnits, type ReviewedUnit } from './export-units.ts';
import type { TrialSet, TranslationSetHeader } from './trial-set.ts';

/** Where Debian's packages `renpy-demo` and `renpy-thequestion` install the games. */
const packages = '/usr/share/games/renpy';

const games: Readonly<Record<string, string>> = { the_question: 'The Question', demo: 'Ren’Py’s tutorial' };

const languages: Readonly<Record<string, string>> = {
  schinese: 'Simplified Chinese',
  tchinese: 'Traditional Chinese',
};

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** A game on this machine in one of the languages into which people translated it. */
export interface GameSet {
  header: TranslationSetHeader;
  folder: string;
  languageFolder: string;
}

/** @param root the games' folder, Debian's by default */
export function renpySets(root = packages): GameSet[] {
  return Object.entries(games).flatMap(([game, title]) => {
    const folder = join(root, game);
    const translations = join(folder, 'game', 'tl');
    if (!existsSync(translations)) return [];
    return readdirSync(translations, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && /^[a-z]+$/.test(entry.name) && entry.name !== 'piglatin')
      .map(({ name }): GameSet => {
        const target_language = languages[name] ?? capital(name);
        return {
          folder,
          languageFolder: name,
          header: {
            format: 1,
            name: `renpy-${game.replaceAll('_', '-')}-${name}`,
            title: `${title}, English to ${target_language}`,
            description: 'Translated by people for Ren’Py; read from the game on this machine.',
            module: 'translate',
            licence: 'MIT',
            source_language: 'English',
            target_language,
          },
        };
      });
  });
}

/** The game's translated texts, as a set. A file that cannot be read is skipped. */
export function readGameSet({ folder, languageFolder, header }: GameSet): TrialSet {
  const settings = projectFile.parse({
    id: 'trial',
    name: header.title,
    game: folder,
    target_language: header.target_language,
    language_folder: languageFolder,
    formats: ['renpy'],
  });
  const found = findFiles(folder, settings);
  const options = formatOptions(folder, settings, found);
  const unitsOf = ({ path, format }: GameFile): Unit[] => {
    try {
      return format.read(readFileSync(join(folder, path)), path, options).units;
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      return [];
    }
  };
  const translated = new Map<string, string>();
  for (const file of found.translations)
    for (const { key, aliases = [], target } of unitsOf(file))
      if (target)
        for (const name of [key, ...aliases]) if (!translated.has(name)) translated.set(name, target);
  const units = found.files.flatMap((file) =>
    unitsOf(file).map((unit): ReviewedUnit => {
      const { key, aliases = [], source, scene, speaker } = unit;
      const target =
        unit.target ?? [key, ...aliases].map((name) => translated.get(name)).find(Boolean) ?? null;
      const changed = target !== null && target !== source;
      return {
        key,
        file: file.path,
        ...(scene ? { scene } : {}),
        ...(speaker ? { speaker } : {}),
        source,
        target,
        state: changed ? 'reviewed' : 'new',
      };
    }),
  );
  return exportUnits(units, header).set;
}
