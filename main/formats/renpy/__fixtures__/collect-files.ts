import type { FormatOptions, TranslationPart } from '../../define.ts';
import { renpy } from '../format.ts';

/**
 * All files of `translationFiles`, in one part.
 * @param targets by path, then by key
 */
export async function collectFiles(
  sources: readonly { path: string; bytes: Uint8Array }[],
  targets: ReadonlyMap<string, ReadonlyMap<string, string>>,
  options: FormatOptions,
): Promise<TranslationPart> {
  const all: TranslationPart = { files: [], problems: [] };
  for await (const part of renpy.translationFiles!(
    sources,
    (path) => targets.get(path) ?? new Map(),
    options,
  )) {
    all.files.push(...part.files);
    all.problems.push(...part.problems);
  }
  return all;
}
