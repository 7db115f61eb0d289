import { closeSync, openSync, readSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportReport, ProjectFile } from '../../../../contract/translation.ts';
import type { Format } from '../../../formats/define.ts';
import { detectFormat, formatNamed, headBytes } from '../../../formats/index.ts';
import { locateScript } from '../../../formats/renpy/game/paths.ts';
import { unsupportedGame, type Unsupported } from '../../../formats/unsupported.ts';
import { AppError } from '../../lib/app-error.ts';
import { codedText, detailOf } from '../../lib/coded-text.ts';
import { pathFilter } from './path-patterns.ts';

export interface GameFile {
  /** Relative to the game, with `/`. */
  path: string;
  format: Format;
}

export type LeftOutFile = ImportReport['left_out'][number];

export interface GameFiles {
  /** The files that units come from, sorted by path. */
  files: GameFile[];
  /** Ren'Py: files with the game's existing translations into this language. */
  translations: GameFile[];
  leftOut: LeftOutFile[];
}

/** Engine formats. If a game has files in one of these, its other text files are not imported. */
const engines = ['renpy', 'rpgmaker', 'kag'];
const skippedFolders = new Set(['node_modules', '.git', '__pycache__', 'saves', 'cache']);
const maxFiles = 200_000;

/** Every file below a folder, sorted. Links are not followed, so nothing outside the folder is read. */
export function filesBelow(root: string): string[] {
  const paths: string[] = [];
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !skippedFolders.has(entry.name) && !entry.name.startsWith('.')) walk(path);
      else if (entry.isFile()) paths.push(path);
      if (paths.length > maxFiles)
        throw new AppError(
          'invalid_request',
          `${root} has more than ${maxFiles} files: name the game's own folder`,
        );
    }
  };
  try {
    walk('');
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('file_unreadable', `${root} cannot be read: ${(error as Error).message}`, {
      file: root,
    });
  }
  return paths.sort();
}

function headOf(file: string): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(headBytes);
    return buffer.subarray(0, readSync(descriptor, buffer, 0, headBytes, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** Formats by name. @throws AppError `invalid_request` for an unknown name */
function formatsNamed(names: readonly string[]): Format[] {
  return names.map((name) => {
    const format = formatNamed(name);
    if (!format) throw new AppError('invalid_request', `there is no file format "${name}"`, { format: name });
    return format;
  });
}

/** The language's folder below `tl`: from `project.json`, or else the language's name in lower case. */
export function languageFolder({
  language_folder,
  target_language,
}: Pick<ProjectFile, 'language_folder' | 'target_language'>): string {
  if (language_folder !== undefined) return language_folder;
  const folded = target_language
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return /^[a-z_]/.test(folded) ? folded : `language_${folded}`;
}

function unsupportedLeftOut(path: string, { type, reason }: Unsupported): LeftOutFile {
  const text = codedText('left_out_file', 'unsupported', { path, type }, reason);
  return { path, reason: text.message, reason_detail: detailOf(text) };
}

/** The files that the user has named one by one, unlike those below a folder. */
function namedFiles({ include = [] }: ProjectFile): Set<string> {
  return new Set(include.filter((path) => path.startsWith('./')).map((path) => path.slice(2)));
}

function noFormat(path: string): LeftOutFile {
  const text = codedText('left_out_file', 'no_format', {}, 'No format is known for it.');
  return { path, reason: text.message, reason_detail: detailOf(text) };
}

function besideEngine(path: string): LeftOutFile {
  const message =
    'It is not read together with the scripts of a game engine. Create a project of its own for it.';
  const text = codedText('left_out_file', 'beside_engine', {}, message);
  return { path, reason: text.message, reason_detail: detailOf(text) };
}

/** Detects a game's text files and their formats, and selects those that an import reads. */
export function findFiles(game: string, settings: ProjectFile): GameFiles {
  const paths = filesBelow(game).filter(pathFilter(settings.include, settings.exclude));
  const leftOut: GameFiles['leftOut'] = [];
  const chosenFormats = settings.formats?.length ? formatsNamed(settings.formats) : null;
  const detected: GameFile[] = [];
  const named = namedFiles(settings);
  for (const path of paths) {
    // A format that the user has chosen takes precedence, even if another format matches better.
    const head = headOf(join(game, path));
    const chosen = chosenFormats?.find((format) => format.detect(path, head) > 0);
    const match = chosen ? { format: chosen } : detectFormat(path, head);
    if (match === null) {
      if (named.has(path)) leftOut.push(noFormat(path));
      continue;
    }
    if ('unsupported' in match) leftOut.push(unsupportedLeftOut(path, match.unsupported));
    else if (chosenFormats === null || chosenFormats.includes(match.format))
      detected.push({ path, format: match.format });
  }
  const engine = engines.find((name) => detected.some(({ format }) => format.name === name));
  const files = chosenFormats || !engine ? detected : detected.filter(({ format }) => format.name === engine);
  if (engine && !chosenFormats)
    for (const { path, format } of detected)
      if (format.name !== engine && named.has(path)) leftOut.push(besideEngine(path));
  const unsupported = unsupportedGame(paths);
  if (unsupported !== null && files.length === 0) throw new AppError('file_unreadable', unsupported);
  if (files.length === 0)
    throw new AppError(
      'file_unreadable',
      `no file with text that can be read was found in ${game}`,
      leftOut.length ? { left_out: leftOut.slice(0, 20) } : undefined,
    );
  return { ...sourcesOf(files, languageFolder(settings)), leftOut };
}

/** Separates source files from Ren'Py's translation files of this language. */
function sourcesOf(files: GameFile[], language: string): Pick<GameFiles, 'files' | 'translations'> {
  const locationOf = ({ path, format }: GameFile) => (format.name === 'renpy' ? locateScript(path) : null);
  const translations = files.filter((file) => {
    const location = locationOf(file);
    return location?.kind === 'translation' && location.language === language;
  });
  const sources = files.filter((file) => {
    const location = locationOf(file);
    return location === null || location.kind === 'source';
  });
  // If all scripts are compiled, the game's text translation files are the only readable ones.
  if (sources.length === 0) return { files: translations, translations: [] };
  return { files: sources, translations };
}
