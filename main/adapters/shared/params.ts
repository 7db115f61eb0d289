import type { CodedDropped, CodedRewritten } from '../../../contract/plan.ts';
import type { Reason } from '../../../contract/reasons.ts';
import { reason, reasonFields } from './reason.ts';

/** Parameters that other fields of the request express, in every protocol. */
const reserved = new Map<string, Reason>([
  [
    'model',
    reason('set_in_request', { field: 'model' }, 'the request names the model itself: set its `model`'),
  ],
  [
    'messages',
    reason(
      'set_in_request',
      { field: 'messages' },
      'the request carries the messages itself: set its `messages`',
    ),
  ],
  [
    'stream',
    reason('set_in_request', { field: 'stream' }, 'the request says whether to stream: set its `stream`'),
  ],
  ['__proto__', reason('not_a_parameter_name', {}, 'not a parameter name')],
]);

/**
 * The parameter report of one request. Every set parameter is handled by `take` (applied) or `drop`;
 * parameters still unhandled at `close` are dropped with a reason. `undefined` and `null` count as not set.
 */
export class ParameterReport {
  readonly #left = new Map<string, unknown>();
  readonly #applied: string[] = [];
  readonly #dropped: CodedDropped[] = [];
  readonly #rewritten: CodedRewritten[] = [];

  constructor(params: Record<string, unknown>) {
    for (const name in params) {
      const value = params[name];
      if (value !== undefined && value !== null) this.#left.set(name, value);
    }
    for (const [name, why] of reserved) this.drop(name, why);
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

  /** Drops a parameter if it is set. `why` says what to use instead. */
  drop(name: string, why: Reason): void {
    if (this.#left.delete(name)) this.#dropped.push({ param: name, ...reasonFields(why) });
  }

  /** For values outside `params`: `schema`. */
  apply(name: string): void {
    this.#applied.push(name);
  }

  /** For values outside `params`: `schema`, a field of a message (`messages[2].name`). */
  lose(param: string, why: Reason): void {
    this.#dropped.push({ param, ...reasonFields(why) });
  }

  /** `path` is a JSON pointer into the body; `from` is null if the caller had set nothing. */
  rewrite(path: string, from: unknown, to: unknown, why: Reason): void {
    this.#rewritten.push({ path, from: from ?? null, to, ...reasonFields(why) });
  }

  /** Drops unhandled parameters for `why`, and returns the three lists of a ProviderRequest. */
  close(why: (name: string) => Reason): {
    applied: string[];
    dropped: CodedDropped[];
    rewritten: CodedRewritten[];
  } {
    for (const name of this.names()) this.drop(name, why(name));
    return { applied: this.#applied, dropped: this.#dropped, rewritten: this.#rewritten };
  }
}
