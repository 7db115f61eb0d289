import { packContent, type PackContent } from '../../../../contract/user-pack.ts';
import { isObject } from '../../lib/json.ts';
import { migratePackFile } from './migrate-pack-file.ts';
import { editedFrom, type PackTexts } from './pack-texts.ts';

/** A folder's files as a pack, whether it can be used or not; undefined where they do not even have its form. */
export function packContentIn(texts: PackTexts): PackContent | undefined {
  const { content, problems } = editedFrom(texts);
  if (problems.length || !isObject(content.schema)) return undefined;
  const migrated = migratePackFile(content.pack);
  if ('problem' in migrated) return undefined;
  const result = packContent.safeParse({ ...content, pack: migrated.file });
  return result.success ? result.data : undefined;
}
