import { packContent, type PackContent } from '../../../../contract/user-pack.ts';
import { isObject } from '../../lib/json.ts';
import { migratePackFile } from './migrate-pack-file.ts';
import { editedFrom, type PackTexts } from './pack-texts.ts';

/** A folder's files as a pack, usable or not; undefined if they do not have a pack's structure. */
export function packContentIn(texts: PackTexts): PackContent | undefined {
  const { content, problems } = editedFrom(texts);
  if (problems.length || !isObject(content.schema)) return undefined;
  const migrated = migratePackFile(content.pack);
  if ('problem' in migrated) return undefined;
  const result = packContent.safeParse({ ...content, pack: migrated.file });
  return result.success ? result.data : undefined;
}
