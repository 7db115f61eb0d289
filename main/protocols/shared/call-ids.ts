/**
 * Generates ids for calls in protocols that identify results by function name or order. Ids are numbered
 * through the conversation, so that the same request always gives the same chat.
 */
export class CallIds {
  readonly #open: { id: string; name: string }[] = [];
  #count = 0;

  /** The id of the next call: the caller's own if it has one. */
  next(name: string, ownId: string | undefined): string {
    const id = ownId || `call_${this.#count}`;
    this.#count += 1;
    this.#open.push({ id, name });
    return id;
  }

  /**
   * The id of the call that a result answers: the given one, else the first open call with that name, else
   * the first.
   */
  answered(name: string | undefined, ownId: string | undefined): string | undefined {
    const byId = this.#open.findIndex(({ id }) => id === ownId);
    const byName = this.#open.findIndex((call) => call.name === name);
    const index = ownId ? byId : byName >= 0 || name !== undefined ? byName : 0;
    const [call] = index < 0 ? [] : this.#open.splice(index, 1);
    return ownId || call?.id;
  }
}
