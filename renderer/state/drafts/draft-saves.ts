interface DraftAccess<D> {
  get: (key: string) => D | undefined;
  /** `null` removes the draft. */
  set: (key: string, draft: D | null) => void;
  /** What of a draft is not in the file once `sent` was saved; `null` if everything is. */
  unsavedPart: (draft: D, sent: D) => D | null;
}

export interface DraftSaves<D> {
  /** Stores an edit. One that is back to what the file says (`unchanged`) removes the draft. */
  edit: (key: string, draft: D, unchanged: boolean) => void;
  /** Writes `sent` by `write`, which resolves once the window has read the file again. Rejects with its error. */
  save: <T>(key: string, sent: D, write: () => Promise<T>) => Promise<T>;
}

/**
 * Drafts that are edited while they are saved. After a save only what it wrote stops being a draft: an edit made
 * meanwhile is still unsaved, also one back to what the file said before. A failed save leaves the draft as it is.
 */
export function draftSaves<D>({ get, set, unsavedPart }: DraftAccess<D>): DraftSaves<D> {
  const running = new Map<string, symbol>();
  return {
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
