import { AppError } from '../lib/app-error.ts';

/**
 * Half of the HTTP server's concurrent calls. No caller repeats one request this often before its first
 * answer.
 */
export const maxSame = 128;

/**
 * Counts calls in progress with the same bytes to the same address. A relay that leads back to this server
 * and drops the hop header multiplies one call without end. This guard stops it with an error that is not
 * retried.
 */
export class LoopGuard {
  readonly #underWay = new Map<string, number>();

  /**
   * Counts one more call; call `leave` when it is over.
   * @param key identifies equal calls
   * @throws AppError `loop_detected` if too many equal calls are in progress; then the call is not counted
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
    `${maxSame} calls with the same bytes are in progress to one address: it seems to lead back to this server`,
  );
