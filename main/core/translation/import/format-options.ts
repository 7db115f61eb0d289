import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectFile } from '../../../../contract/translation.ts';
import type { FormatOptions } from '../../../formats/define.ts';
import type { FoundFiles } from './find-files.ts';
import { languageFolder } from './find-files.ts';

/** A file's bytes when they are asked for: a whole game is never in memory. */
export function lazySource(game: string, path: string): { path: string; readonly bytes: Uint8Array } {
  return {
    path,
    get bytes() {
      return readFileSync(join(game, path));
    },
  };
}

/** The options of every read and write of the project's files: the user's choices, and what a look at all of them found. */
export function formatOptions(game: string, settings: ProjectFile, found: FoundFiles): FormatOptions {
  const { encoding, columns, comments } = settings;
  const chosen: FormatOptions = { targetLanguage: languageFolder(settings) };
  if (encoding !== undefined) chosen.encoding = encoding;
  if (comments !== undefined) chosen.comments = comments;
  if (columns) {
    const { source, header, target, key, speaker } = columns;
    chosen.columns = {
      source,
      ...(header === undefined ? {} : { header }),
      ...(target === undefined ? {} : { target }),
      ...(key === undefined ? {} : { key }),
      ...(speaker === undefined ? {} : { speaker }),
    };
  }
  const formats = new Set(found.files.map(({ format }) => format));
  for (const format of formats) {
    if (!format.survey) continue;
    const own = [...found.files, ...found.translations].filter((file) => file.format === format);
    Object.assign(chosen, format.survey(own.map(({ path }) => lazySource(game, path))));
  }
  return chosen;
}
