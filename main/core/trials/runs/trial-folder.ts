import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { textDetail } from '../../../../contract/coded-texts.ts';
import { contestant } from '../../../../contract/trials.ts';
import { AppError } from '../../lib/app-error.ts';
import { readJson, unreadable } from '../../lib/files/read-json.ts';
import { replaceFile, replaceJson } from '../../lib/files/replace-file.ts';
import { readTrialSet } from '../sets/read-trial-set.ts';
import { writeTrialSet, type TrialSet } from '../sets/trial-set.ts';
import { readJournal, type JournalState } from './trial-journal.ts';

/** A contestant, as it was when the trial started. */
const trialContestant = z.object({
  /** The preset's id, or `provider/model`. */
  id: z.string(),
  label: z.string(),
  provider: z.string(),
  model: z.string(),
  ask: contestant,
  has_schema: z.boolean(),
  /** Hash of the first request: if it differs, the preset or pack has changed since. */
  first_sha256: z.string(),
});
export type TrialContestant = z.infer<typeof trialContestant>;

/** `trial.json`. */
const trialHead = z.object({
  format: z.literal(1),
  id: z.string(),
  set: z.string(),
  mock: z.boolean(),
  contestants: z.array(trialContestant),
  started_at: z.string(),
  /** When it last ended; null if it has not. */
  ended_at: z.string().nullable(),
  /** Why it stopped; null if it did not. */
  reason: z.string().nullable(),
  /** Its code and values; trials of older versions have none. */
  reason_detail: textDetail.nullish(),
  max_usd: z.number().nullable(),
  prompt_sha256: z.string(),
});
export type TrialHead = z.infer<typeof trialHead>;

/** A trial as stored on disk. */
export interface StoredTrial {
  head: TrialHead;
  /** The sampled units, with the set's header. */
  set: TrialSet;
  journal: JournalState;
}

const ids = /^[a-z0-9-]{1,80}$/;

/**
 * The folder of all trials: one subfolder each, with `trial.json`, `set.jsonl`, `journal.jsonl` and
 * `votes.jsonl`.
 */
export class TrialFolder {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /**
   * The path of a trial's file.
   * @throws AppError `not_found` for an invalid id
   */
  file(id: string, name: string): string {
    if (!ids.test(id))
      throw new AppError('not_found', `there is no trial "${id.slice(0, 80)}"`, { trial: id });
    return join(this.#root, id, name);
  }

  /** Every trial's id, latest first. */
  list(): string[] {
    if (!existsSync(this.#root)) return [];
    const folders = readdirSync(this.#root, { withFileTypes: true });
    return folders
      .filter((entry) => entry.isDirectory() && ids.test(entry.name))
      .map(({ name }) => name)
      .filter((name) => existsSync(join(this.#root, name, 'trial.json')))
      .sort()
      .toReversed();
  }

  /** @throws AppError `not_found`, `file_unreadable` */
  head(id: string): TrialHead {
    const path = this.file(id, 'trial.json');
    const file = readJson(path);
    if (!file.found) throw new AppError('not_found', `there is no trial "${id}"`, { trial: id });
    if ('problem' in file) throw unreadable(path, file.problem);
    const head = trialHead.safeParse(file.value);
    if (!head.success) throw unreadable(path, 'is not a trial of this version');
    return head.data;
  }

  /** @throws AppError `file_unreadable` */
  set(id: string): TrialSet {
    const path = this.file(id, 'set.jsonl');
    const { set } = readTrialSet(this.text(id, 'set.jsonl'));
    if (!set) throw unreadable(path, 'is not the set of a trial');
    return set;
  }

  /**
   * A file's text; empty if it does not exist.
   * @throws AppError `file_unreadable`
   */
  text(id: string, name: string): string {
    const path = this.file(id, name);
    try {
      return existsSync(path) ? readFileSync(path, 'utf8') : '';
    } catch (error) {
      throw unreadable(path, `cannot be read (${String((error as { code?: unknown }).code ?? error)})`);
    }
  }

  /** @throws AppError `not_found`, `file_unreadable` */
  read(id: string): StoredTrial {
    return { head: this.head(id), set: this.set(id), journal: readJournal(this.text(id, 'journal.jsonl')) };
  }

  /** @throws AppError `file_unreadable` */
  async begin(head: TrialHead, set: TrialSet): Promise<void> {
    await replaceFile(this.file(head.id, 'set.jsonl'), writeTrialSet(set));
    await this.write(head);
  }

  /** @throws AppError `file_unreadable` */
  async write(head: TrialHead): Promise<void> {
    await replaceJson(this.file(head.id, 'trial.json'), head);
  }

  /** @throws AppError `not_found` */
  async remove(id: string): Promise<void> {
    this.head(id);
    await rm(join(this.#root, id), { recursive: true, force: true, maxRetries: 3 });
  }
}
