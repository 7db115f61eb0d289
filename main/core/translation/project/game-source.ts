import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ParsedInput } from '../../../../contract/operations/table.ts';
import { AppError } from '../../lib/app-error.ts';
import { filesBelow } from '../import/find-files.ts';
import type { NewProject } from './projects.ts';
import type { Uploads } from './uploads.ts';

type SourceInput = Pick<
  ParsedInput<'translate.create'>,
  'game' | 'paths' | 'upload' | 'text' | 'sample' | 'name' | 'include'
>;
type Source = Pick<NewProject, 'game' | 'copyGame' | 'name' | 'include'>;

const sourceFields = ['game', 'paths', 'upload', 'text', 'sample'] as const;

/** The sample game, relative to the product's folder. */
const samplePath = join('samples', 'the-last-train');

/**
 * The source for dropped paths: one folder, or files of one folder, which become that folder and a list of its files.
 * @throws AppError `invalid_request` for paths in several folders, `file_unreadable` for missing paths
 */
function fromPaths(paths: readonly string[]): Source {
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined)
    throw new AppError('file_unreadable', `${missing} is not there`, { file: missing });
  const [first = ''] = paths;
  if (statSync(first).isDirectory() && paths.length === 1) return { game: first };
  if (paths.some((path) => statSync(path).isDirectory()))
    throw new AppError(
      'invalid_request',
      'a project is one folder, or files of one folder: drop one folder at a time',
    );
  const folder = dirname(first);
  const outside = paths.find((path) => dirname(path) !== folder);
  if (outside !== undefined)
    throw new AppError(
      'invalid_request',
      `${outside} is not in the same folder as ${first}: choose the folder that contains both`,
      {
        file: outside,
      },
    );
  return {
    game: folder,
    include: paths.map((path) => `./${basename(path)}`),
    ...(paths.length === 1 ? { name: basename(first) } : {}),
  };
}

/** Copies file by file, because the product's folder may be an archive, which `cpSync` cannot read. */
function copyFiles(from: string, to: string): void {
  for (const path of filesBelow(from)) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    writeFileSync(join(to, path), readFileSync(join(from, path)));
  }
}

export interface SourceParts {
  uploads: Uploads;
  appRoot: string;
  allowed(path: string): string;
}

/**
 * The source of a new project's game.
 * @throws AppError `invalid_request` unless exactly one source is named
 */
export function gameSource(input: SourceInput, { uploads, appRoot, allowed }: SourceParts): Source {
  const named = sourceFields.filter((field) => input[field] !== undefined && input[field] !== false);
  if (named.length !== 1)
    throw new AppError('invalid_request', `name the game by exactly one of ${sourceFields.join(', ')}`, {
      named,
    });
  const { game, paths, upload, text } = input;
  if (game !== undefined) return { game: allowed(game) };
  if (paths !== undefined) return fromPaths(paths.map(allowed));
  if (upload !== undefined) return { name: 'Upload', copyGame: (folder) => uploads.take(upload, folder) };
  if (text !== undefined)
    return {
      name: text.trim().split(/\r?\n/, 1)[0]?.slice(0, 40) || 'Text',
      copyGame: async (folder) => {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'text.txt'), text);
      },
    };
  return {
    name: 'The Last Train',
    copyGame: async (folder) => copyFiles(join(appRoot, samplePath), folder),
  };
}
