import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectFile } from '../../../../contract/translation.ts';
import type { FormatOptions } from '../../../formats/define.ts';
import type { GameFiles } from './find-files.ts';
import { languageFolder } from './find-files.ts';

/** Reads a file's bytes only on access, so that a whole game is never in memory. */
export function lazySource(game: string, path: string): { path: string; readonly bytes: Uint8Array } {
  return {
    path,
    get bytes() {
      return readFileSync(join(game, path));
    },
  };
}

/** The options for reading and writing the project's files: the user's settings and the formats' surveys of all files. */
export function formatOptions(game: string, settings: ProjectFile, gameFiles: GameFiles): FormatOptions {
  const { encoding, columns, comments } = settings;
  const options: FormatOptions = { targetLanguage: languageFolder(settings) };
  if (encoding !== undefined) options.encoding = encoding;
  if (comments !== undefined) options.comments = comments;
  if (columns) {
    const { source, header, target, key, speaker } = columns;
    options.columns = {
      source,
      ...(header === undefined ? {} : { header }),
      ...(target === undefined ? {} : { target }),
      ...(key === undefined ? {} : { key }),
      ...(speaker === undefined ? {} : { speaker }),
    };
  }
  const formats = new Set(gameFiles.files.map(({ format }) => format));
  for (const format of formats) {
    if (!format.survey) continue;
    const files = [...gameFiles.files, ...gameFiles.translations].filter((file) => file.format === format);
    Object.assign(options, format.survey(files.map(({ path }) => lazySource(game, path))));
  }
  return options;
}
