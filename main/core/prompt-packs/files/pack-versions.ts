import { statSync } from 'node:fs';
import { join } from 'node:path';
import { packContent, type PackContent, type PackVersion } from '../../../../contract/user-pack.ts';
import { AppError } from '../../lib/app-error.ts';
import { readJson, unreadable } from '../../lib/files/read-json.ts';
import { readFolder } from '../../lib/files/read-text-file.ts';
import { removeFile, replaceFile } from '../../lib/files/replace-file.ts';
import { documentOf, documentText } from '../../history/preset-document.ts';

/** More than anyone goes back; the oldest are removed first. */
const max = 30;
const stamp = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d{3}Z)$/;

const timeOf = (id: string) => id.replace(stamp, '$1:$2:$3.$4');

/** Overwritten states of packs: one importable document each, by module and time. */
export class PackVersions {
  readonly #runtimeRoot: string;
  readonly #now: () => number;

  constructor(runtimeRoot: string, now: () => number) {
    this.#runtimeRoot = runtimeRoot;
    this.#now = now;
  }

  #folder(module: string): string {
    return join(this.#runtimeRoot, 'config', 'llm', 'versions', module);
  }

  /** @throws AppError `file_unreadable`, because the next name depends on the last one's time */
  #ids(module: string): string[] {
    const read = readFolder(this.#folder(module));
    if ('problem' in read) throw unreadable(this.#folder(module), read.problem);
    return read.names
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length))
      .filter((id) => stamp.test(id));
  }

  #path(module: string, id: string): string {
    return join(this.#folder(module), `${id}.json`);
  }

  #shown(module: string, id: string): PackVersion {
    return { id, at: timeOf(id), bytes: statSync(this.#path(module, id)).size };
  }

  /** Stores a state; calls must not overlap. */
  async keep(content: PackContent): Promise<void> {
    const { module } = content.pack;
    const ids = this.#ids(module);
    const last = ids.at(-1);
    // Always later than the last one, even if the clock goes back, because ids define the order.
    const at = Math.max(this.#now(), last === undefined ? 0 : Date.parse(timeOf(last)) + 1);
    const id = new Date(at).toISOString().replace(/[:.]/g, '-');
    await replaceFile(this.#path(module, id), documentText({ ...documentOf({}), packs: [content] }));
    for (const old of ids.slice(0, Math.max(0, ids.length + 1 - max)))
      await removeFile(this.#path(module, old));
  }

  /** Latest first. */
  list(module: string): PackVersion[] {
    return this.#ids(module)
      .toReversed()
      .map((id) => this.#shown(module, id));
  }

  /** @throws AppError `not_found`; `file_unreadable` for one that has been damaged since */
  get(module: string, id: string): PackVersion & { content: PackContent } {
    if (!this.#ids(module).includes(id))
      throw new AppError('not_found', `there is no such version of the prompt pack ${module}`);
    const json = readJson(this.#path(module, id));
    if (json.found && 'problem' in json && json.unreadable)
      throw unreadable(this.#path(module, id), json.problem);
    const value = json.found && 'value' in json ? (json.value as { packs?: unknown[] }) : undefined;
    const content = packContent.safeParse(value?.packs?.[0]);
    if (!content.success)
      throw new AppError('file_unreadable', `${this.#path(module, id)} does not hold a prompt pack any more`);
    return { ...this.#shown(module, id), content: content.data };
  }
}
