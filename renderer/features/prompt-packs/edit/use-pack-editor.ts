import type { PackForEditing } from '../../../../contract/user-pack.ts';
import { packDrafts } from '../drafts/drafts.ts';
import { fingerprint, workOf, type PackWork } from '../drafts/pack-draft.ts';

export interface PackEditor {
  module: string;
  work: PackWork;
  /** Texts that are not valid yet, by field. */
  texts: Readonly<Record<string, string>>;
  readOnly: boolean;
  dirty: boolean;
  /** Someone else changed the files after editing started. */
  isOutdated: boolean;
  /** Invalid texts for which `stays` is false are dropped. */
  change(next: PackWork, stays?: (field: string) => boolean): void;
  /** `null`: the text is valid, and its value is in the pack. */
  setText(field: string, text: string | null, next?: PackWork): void;
  discard(): void;
}

/** A pack with its unsaved edits. A pack that equals its files again has no edits. */
export function usePackEditor(source: PackForEditing): PackEditor {
  const { module } = source;
  const readOnly = source.source === 'built-in';
  const found = packDrafts.useDrafts(({ byKey }) => byKey[module]);
  const draft = readOnly ? undefined : found;
  const saved = workOf(source.content);
  const savedFingerprint = fingerprint(saved);
  const base = draft?.base ?? savedFingerprint;
  const storeDraft = (work: PackWork, texts: Readonly<Record<string, string>>) => {
    const clean = Object.keys(texts).length === 0 && fingerprint(work) === savedFingerprint;
    packDrafts.edit(module, { work, texts, base }, clean);
  };
  const work = draft?.work ?? saved;
  const texts = draft?.texts ?? {};
  return {
    module,
    work,
    texts,
    readOnly,
    dirty: draft !== undefined,
    isOutdated: draft !== undefined && draft.base !== savedFingerprint,
    change(next, stays = () => true) {
      storeDraft(next, Object.fromEntries(Object.entries(texts).filter(([field]) => stays(field))));
    },
    setText(field, text, next = work) {
      const { [field]: _old, ...others } = texts;
      storeDraft(next, text === null ? others : { ...others, [field]: text });
    },
    discard: () => packDrafts.set(module, null),
  };
}
