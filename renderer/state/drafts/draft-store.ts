import { create, type StoreApi, type UseBoundStore } from 'zustand';

interface Drafts<D> {
  byKey: Readonly<Record<string, D>>;
}

/** Edits that are not saved, by the name of what is edited. */
export interface DraftStore<D> {
  /** All drafts, for components. */
  useDrafts: UseBoundStore<StoreApi<Drafts<D>>>;
  get: (key: string) => D | undefined;
  /** `null` removes the draft. */
  set: (key: string, draft: D | null) => void;
  /** Stores an edit. One that is back to what the file says (`unchanged`) removes the draft. */
  edit: (key: string, draft: D, unchanged: boolean) => void;
  /** Writes `sent` by `write`, which resolves once the window has read the file again. Rejects with its error. */
  save: <T>(key: string, sent: D, write: () => Promise<T>) => Promise<T>;
}

/**
 * Drafts that are edited while they are saved. After a save only what it wrote stops being a draft: an edit made
 * meanwhile is still unsaved, also one back to what the file said before. A failed save leaves the draft as it is.
 * @param unsavedPart what of a draft is not in the file once `sent` was saved; `null` if everything is
 */
export function draftStore<D>(unsavedPart: (draft: D, sent: D) => D | null): DraftStore<D> {
  const useDrafts = create<Drafts<D>>(() => ({ byKey: {} }));
  const running = new Map<string, symbol>();
  const get = (key: string) => useDrafts.getState().byKey[key];
  const set = (key: string, draft: D | null) =>
    useDrafts.setState(({ byKey }) => {
      const { [key]: _old, ...others } = byKey;
      return { byKey: draft === null ? others : { ...others, [key]: draft } };
    });
  return {
    useDrafts,
    get,
    set,
    edit(key, draft, unchanged) {
      set(key, unchanged && !running.has(key) ? null : draft);
    },
    async save(key, sent, write) {
      const save = Symbol();
      running.set(key, save);
      try {
        const done = await write();
        const draft = get(key);
        // With a later save under way the file is about to change again: that one decides.
        if (draft !== undefined && running.get(key) === save) set(key, unsavedPart(draft, sent));
        return done;
      } finally {
        if (running.get(key) === save) running.delete(key);
      }
    },
  };
}
