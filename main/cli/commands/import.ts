import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { maxSillyTavernBytes } from '../../../contract/sillytavern.ts';
import { AppError } from '../../core/lib/app-error.ts';
import { plain } from '../style.ts';
import type { CliHost } from '../host.ts';
import { printJson, printWarnings } from '../print.ts';
import { printTable } from '../table.ts';
import { withCore } from '../translate/translate-core.ts';

export interface ImportFlags {
  module?: string;
  apply?: boolean;
  skipRefused?: boolean;
  json?: boolean;
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    if ((await stat(path)).size > maxSillyTavernBytes)
      throw new AppError(
        'body_too_large',
        `${path} is larger than ${maxSillyTavernBytes / 1024 / 1024} MB, so it is not a SillyTavern file`,
      );
    return await readFile(path);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new AppError('file_unreadable', `${path} cannot be read (${code})`, undefined, { cause: error });
  }
}

/** `comfyvn-llm import FILE`: shows the contents of a SillyTavern file; imports it with `--apply`. */
export async function importCommand(host: CliHost, path: string, flags: ImportFlags): Promise<void> {
  const bytes = await bytesOf(path);
  const result = await withCore(host, (core) =>
    core.ask('sillytavern.import', {
      file: bytes.toString('base64'),
      file_name: basename(path),
      mode: flags.apply ? 'apply' : 'preview',
      ...(flags.module === undefined ? {} : { module: flags.module }),
      ...(flags.skipRefused ? { skip_refused: true } : {}),
    }),
  );
  if (flags.json) return printJson(host, result);
  printTable(
    host,
    [
      { title: 'WHAT', of: ({ what }) => what },
      { title: 'ID', of: ({ id }) => plain(id ?? '') },
      { title: 'MODULE', of: ({ module }) => module ?? '' },
      { title: 'OUTCOME', of: ({ outcome }) => outcome },
      { title: 'NOTE', of: ({ reason, note }) => plain(reason ?? note ?? ''), shrinks: true },
    ],
    result.items,
  );
  printWarnings(host, [
    ...result.left_out.map((one) => `skipped: ${one.path}: ${one.reason}`),
    ...result.warnings,
  ]);
  if (!result.applied) host.out.write('Nothing was imported yet: --apply imports the file.\n');
}
