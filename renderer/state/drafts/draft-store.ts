import { create, type StoreApi, type UseBoundStore } from 'zustand';

interface Drafts<D> {
  byKey: Readonly<Record<string, D>>;
}

/** Unsaved edits, by the name of the edited item. */
export interface DraftStore<D> {
  /** All drafts, for components. */
  useDrafts: UseBoundStore<StoreApi<Drafts<D>>>;
  get: (key: string) => D | undefined;
  /** `null` removes the draft. */
  set: (key: string, draft: D | null) => void;
  /** Stores an edit. An edit that equals the file (`unchanged`) removes the draft. */
  edit: (key: string, draft: D, unchanged: boolean) => void;
  /**
   * Saves `sent` with `write`, which resolves once the window has read the file again. Rejects with its
   * error.
   */
  save: <T>(key: string, sent: D, write: () => Promise<T>) => Promise<T>;
}

/**
 * Drafts that can be edited while they are being saved. After a save only the saved part stops being a draft:
 * an edit made meanwhile is still unsaved, even one back to the file's previous content. A failed save leaves
 * the draft unchanged.
 * @param unsavedPart the part of a draft that is not in the file after `sent` was saved; `null` if everything
 * is
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
        // If a later save is in progress, the file is about to change again, and that save decides.
        if (draft !== undefined && running.get(key) === save) set(key, unsavedPart(draft, sent));
        return done;
      } finally {
        if (running.get(key) === save) running.delete(key);
      }
    },
  };
}
