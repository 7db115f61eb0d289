import type { EditedPack } from '../../../../contract/user-pack.ts';
import { isObject } from '../../../api/is-object.ts';

/** A pack in its editor: the schema is always text. */
export type PackWork = EditedPack & { schema: string };

/** Unsaved edits of one of the user's packs. */
export interface PackDraft {
  work: PackWork;
  /** Texts that are not valid yet, by field. */
  texts: Readonly<Record<string, string>>;
  /** The `fingerprint` of the files when editing started. */
  base: string;
}

/** A pack's files as the editor takes them. */
export function workOf(content: EditedPack): PackWork {
  const { schema } = content;
  return { ...content, schema: typeof schema === 'string' ? schema : JSON.stringify(schema, null, 2) };
}

function normalSchema(schema: string): unknown {
  try {
    return JSON.parse(schema) as unknown;
  } catch {
    return schema;
  }
}

/** Identifies a pack's content, whatever the layout of its schema. */
export function fingerprint({ pack, system, template, schema, samples }: PackWork): string {
  const { format: _format, ...rest } = pack;
  return JSON.stringify([rest, system, template, normalSchema(schema), samples]);
}

function readDraft(value: unknown): PackDraft | null {
  if (!isObject(value) || !isObject(value.work) || typeof value.base !== 'string') return null;
  const { pack, system, template, schema, samples } = value.work;
  if (!isObject(pack) || !isObject(samples)) return null;
  if (typeof system !== 'string' || typeof template !== 'string' || typeof schema !== 'string') return null;
  const texts = isObject(value.texts) ? Object.entries(value.texts) : [];
  const valid = texts.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return {
    work: { pack, system, template, schema, samples },
    texts: Object.fromEntries(valid),
    base: value.base,
  };
}

/** Values typed for a preview, by module and variable. */
export type PreviewTexts = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface SavedDrafts {
  byModule: Record<string, PackDraft>;
  values: PreviewTexts;
}

/** The drafts in the settings. A draft of another version that cannot be read is dropped. */
export function readSavedDrafts(saved: unknown): SavedDrafts {
  const drafts = isObject(saved) && isObject(saved.byModule) ? Object.entries(saved.byModule) : [];
  const values = isObject(saved) && isObject(saved.values) ? Object.entries(saved.values) : [];
  const isTexts = (value: unknown): value is Record<string, string> =>
    isObject(value) && Object.values(value).every((text) => typeof text === 'string');
  return {
    byModule: Object.fromEntries(
      drafts.flatMap(([module, value]) => {
        const draft = readDraft(value);
        return draft ? [[module, draft]] : [];
      }),
    ),
    values: Object.fromEntries(
      values.flatMap(([module, texts]) => (isTexts(texts) ? [[module, texts]] : [])),
    ),
  };
}
