import { AppError } from '../lib/app-error.ts';

/** Half of the calls that the HTTP server takes at once; no caller repeats one request so often before its first answer. */
export const maxSame = 128;

/**
 * Counts calls under way with the same bytes to the same address. A relay that leads back here and drops the hop
 * header on its way makes one call into ever more of them: they end here, with an error that nobody tries again.
 */
export class LoopGuard {
  readonly #underWay = new Map<string, number>();

  /**
   * Counts one call more; `leave` has to follow when it is over.
   * @param key what makes two calls the same
   * @throws AppError `loop_detected` while too many like it are under way: then it is not counted
   */
  enter(key: string): void {
    const count = this.#underWay.get(key) ?? 0;
    if (count >= maxSame) throw tooMany();
    this.#underWay.set(key, count + 1);
  }

  leave(key: string): void {
    const left = (this.#underWay.get(key) ?? 1) - 1;
    if (left) this.#underWay.set(key, left);
    else this.#underWay.delete(key);
  }
}

const tooMany = () =>
  new AppError(
    'loop_detected',
    `${maxSame} calls with the same bytes are under way to one address: it seems to lead back to this server`,
  );
