import type { Dropped, Rewritten } from '../../../contract/plan.ts';

/** Parameters that other fields of the request express, in every protocol. */
const reserved = new Map([
  ['model', 'the request names the model itself: set its `model`'],
  ['messages', 'the request carries the messages itself: set its `messages`'],
  ['stream', 'the request says whether to stream: set its `stream`'],
  ['__proto__', 'not a parameter name'],
]);

/**
 * The parameter report of one request. Every set parameter is handled by `take` (applied) or `drop`;
 * parameters still unhandled at `close` are dropped with a reason. `undefined` and `null` count as not set.
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

  /** Names of unhandled parameters, in the caller's order. */
  names(): string[] {
    return [...this.#left.keys()];
  }

  /** Reads a value without handling it; undefined if it is not set or already handled. */
  peek(name: string): unknown {
    return this.#left.get(name);
  }

  /** Returns the value, which the caller must put into the body; the name is added to `applied`. */
  take(name: string): unknown {
    const value = this.#left.get(name);
    if (this.#left.delete(name)) this.#applied.push(name);
    return value;
  }

  /** Drops a parameter if it is set. `reason` says what to use instead. */
  drop(name: string, reason: string): void {
    if (this.#left.delete(name)) this.#dropped.push({ param: name, reason });
  }

  /** For values outside `params`: `schema`. */
  apply(name: string): void {
    this.#applied.push(name);
  }

  /** For values outside `params`: `schema`, a field of a message (`messages[2].name`). */
  lose(param: string, reason: string): void {
    this.#dropped.push({ param, reason });
  }

  /** `path` is a JSON pointer into the body; `from` is null if the caller had set nothing. */
  rewrite(path: string, from: unknown, to: unknown, reason: string): void {
    this.#rewritten.push({ path, from: from ?? null, to, reason });
  }

  /** Drops unhandled parameters with `reason`, and returns the three lists of a ProviderRequest. */
  close(reason: (name: string) => string): { applied: string[]; dropped: Dropped[]; rewritten: Rewritten[] } {
    for (const name of this.names()) this.drop(name, reason(name));
    return { applied: this.#applied, dropped: this.#dropped, rewritten: this.#rewritten };
  }
}
