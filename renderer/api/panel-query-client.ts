import type { InvalidateOptions, InvalidateQueryFilters, Query, QueryKey } from '@tanstack/react-query';
import { QueryClient } from '@tanstack/react-query';

/** The first answer is on its way: it may have been read before the change. */
const isFirstFetch = ({ state }: Query) => state.data === undefined && state.fetchStatus !== 'idle';

/**
 * A query client that loses no invalidation. The library's own client restarts a fetch only if its query already has
 * an answer; a first fetch goes on, and its answer counts as current even if it was read before the change
 * (TanStack/query#11526). Here such a query is fetched again as soon as its first answer has arrived.
 */
export class PanelQueryClient extends QueryClient {
  /** Queries that are fetched again after their first answer: once, however often they are invalidated until then. */
  readonly #again = new WeakMap<Query, Promise<void>>();

  /** Marks the matching queries as stale. Resolves when those on the screen have their new answers. */
  override async invalidateQueries<K extends QueryKey>(
    filters?: InvalidateQueryFilters<K>,
    options?: InvalidateOptions,
  ): Promise<void> {
    const queries = this.getQueryCache().findAll(filters);
    const again = queries.filter(isFirstFetch).map((query) => this.#fetchAgain(query));
    await Promise.all([super.invalidateQueries(filters, options), ...again]);
  }

  #fetchAgain(query: Query): Promise<void> {
    const planned = this.#again.get(query);
    if (planned) return planned;
    const again = this.#afterFirstAnswer(query);
    this.#again.set(query, again);
    return again;
  }

  async #afterFirstAnswer(query: Query): Promise<void> {
    // Returns the fetch in progress. Whoever asked gets its error.
    await query.fetch().catch(() => undefined);
    this.#again.delete(query);
    await super.invalidateQueries({ predicate: (one) => one === query });
  }
}
