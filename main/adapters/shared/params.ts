import type { Dropped, Rewritten } from '../../../contract/plan.ts';

/** Expressed by other fields of the request, in every protocol. */
const reserved = new Map([
  ['model', 'the request names the model itself: set its `model`'],
  ['messages', 'the request carries the messages itself: set its `messages`'],
  ['stream', 'the request says whether to stream: set its `stream`'],
  ['__proto__', 'not a parameter name'],
]);

/**
 * The books of one request: every set parameter leaves either by `take` (applied) or by `drop`, and what is still
 * there at `close` is dropped with a reason. `undefined` and `null` count as not set.
 */
export class ParameterReport {
  readonly #left = new Map<string, unknown>();
  readonly #applied: string[] = [];
  readonly #dropped: Dropped[] = [];
  readonly #rewritten: Rewritten[] = [];

  constructor(params: Record<string, unknown>) {
    for (const name in params) {
      const value = params[name];
      if (value !== undefined && value !== null) this.#left.set(name, value);
    }
    for (const [name, reason] of reserved) this.drop(name, reason);
  }

  /** Names still to be decided, in the caller's order. */
  names(): string[] {
    return [...this.#left.keys()];
  }

  /** The value without deciding anything; undefined when it is not set or already decided. */
  peek(name: string): unknown {
    return this.#left.get(name);
  }

  /** The value, which the caller of this puts into the body; the name goes to `applied`. */
  take(name: string): unknown {
    const value = this.#left.get(name);
    if (this.#left.delete(name)) this.#applied.push(name);
    return value;
  }

  /** Gives a set parameter up; nothing happens when it is not set. `reason` says what to do instead. */
  drop(name: string, reason: string): void {
    if (this.#left.delete(name)) this.#dropped.push({ param: name, reason });
  }

  /** For what does not lie in `params`: `schema`. */
  apply(name: string): void {
    this.#applied.push(name);
  }

  /** For what does not lie in `params`: `schema`, a field of a message (`messages[2].name`). */
  lose(param: string, reason: string): void {
    this.#dropped.push({ param, reason });
  }

  /** `path` is a JSON pointer into the body; `from` is null where the caller had set nothing. */
  rewrite(path: string, from: unknown, to: unknown, reason: string): void {
    this.#rewritten.push({ path, from: from ?? null, to, reason });
  }

  /** Drops what nobody decided on, with `reason`, and gives the three lists of a WireRequest. */
  close(reason: (name: string) => string): { applied: string[]; dropped: Dropped[]; rewritten: Rewritten[] } {
    for (const name of this.names()) this.drop(name, reason(name));
    return { applied: this.#applied, dropped: this.#dropped, rewritten: this.#rewritten };
  }
}
