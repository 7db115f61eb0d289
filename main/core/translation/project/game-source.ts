import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ParsedInput } from '../../../../contract/operations/table.ts';
import { AppError } from '../../lib/app-error.ts';
import { filesBelow } from '../import/find-files.ts';
import type { NewProject } from './projects.ts';
import type { Uploads } from './uploads.ts';

type Given = Pick<
  ParsedInput<'translate.create'>,
  'game' | 'paths' | 'upload' | 'text' | 'sample' | 'name' | 'include'
>;
type Source = Pick<NewProject, 'game' | 'bring' | 'name' | 'include'>;

const ways = ['game', 'paths', 'upload', 'text', 'sample'] as const;

/** The game that comes with the product, below its own folder. */
const samplePath = join('samples', 'the-last-train');

/**
 * A folder as it is; files become their folder and a list of what to read there.
 * @throws AppError `invalid_request` for what lies in several folders, `file_unreadable` for what is not there
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
      `${outside} lies in another folder than ${first}: name their folder instead`,
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

/** File by file: the product's own folder may be an archive, which `cpSync` does not read. */
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
 * Where a new project's game comes from.
 * @throws AppError `invalid_request` unless exactly one way is named
 */
export function gameSource(input: Given, { uploads, appRoot, allowed }: SourceParts): Source {
  const named = ways.filter((way) => input[way] !== undefined && input[way] !== false);
  if (named.length !== 1)
    throw new AppError('invalid_request', `name the game by exactly one of ${ways.join(', ')}`, { named });
  const { game, paths, upload, text } = input;
  if (game !== undefined) return { game: allowed(game) };
  if (paths !== undefined) return fromPaths(paths.map(allowed));
  if (upload !== undefined) return { name: 'Upload', bring: async (folder) => uploads.take(upload, folder) };
  if (text !== undefined)
    return {
      name: text.trim().split(/\r?\n/, 1)[0]?.slice(0, 40) || 'Text',
      bring: async (folder) => {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'text.txt'), text);
      },
    };
  return {
    name: 'The Last Train',
    bring: async (folder) => copyFiles(join(appRoot, samplePath), folder),
  };
}
