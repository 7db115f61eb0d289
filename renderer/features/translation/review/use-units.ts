import type { UseQueryResult } from '@tanstack/react-query';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { OperationOutput } from '../../../../contract/operations/table.ts';
import type { UnitView } from '../../../../contract/translation.ts';
import { request } from '../../../api/client.ts';
import { operationQuery } from '../../../api/use-operation.ts';
import type { OperationError } from '../../../api/operation-error.ts';
import type { UnitQuery } from './review-filter.ts';
import { UnitIndex } from './unit-index.ts';

type Listed = OperationOutput<'translate.index'> & { of: UnitQuery };

const pageSize = 100;
/** Pages out of sight are dropped from the cache: it must not hold a hundred thousand units. */
const forgetMs = 20_000;
/** How many units are remembered to be shown until their page is loaded again. */
const rememberedUnits = 1500;

/**
 * The units that pass a filter. While a changed filter is loading, the previous answer is returned, together
 * with its own filter.
 */
export function useUnitIndex(project: string, query: UnitQuery) {
  const input = { project, ...query };
  const asked = useQuery<Listed, OperationError>({
    queryKey: ['translate.index', input],
    queryFn: async ({ signal }) => ({ ...(await request('translate.index', input, signal)), of: query }),
    placeholderData: keepPreviousData,
    gcTime: forgetMs,
  });
  const { data } = asked;
  const index = useMemo(() => new UnitIndex(data?.ranges ?? []), [data]);
  return { index, of: data?.of ?? query, asked };
}

type Answers = readonly UseQueryResult<OperationOutput<'translate.units'>, Error>[];

/** Defined outside the hook: a new function would run again for each row that scrolls into view. */
const unitsIn = (answers: Answers) => answers.flatMap(({ data }) => data?.units ?? []);

/** Remembers units that were read, so that a row keeps its text while its page reloads. The oldest are dropped. */
class UnitMemory {
  readonly #units = new Map<number, UnitView>();

  with(units: readonly UnitView[]): ReadonlyMap<number, UnitView> {
    for (const unit of units) {
      this.#units.delete(unit.ordinal);
      this.#units.set(unit.ordinal, unit);
    }
    for (const ordinal of this.#units.keys()) {
      if (this.#units.size <= rememberedUnits) break;
      this.#units.delete(ordinal);
    }
    return new Map(this.#units);
  }
}

/**
 * The units of the visible rows, loaded page by page.
 * @param from first position, `to` last
 */
export function useUnits(
  project: string,
  { index, of }: { index: UnitIndex; of: UnitQuery },
  from: number,
  to: number,
): ReadonlyMap<number, UnitView> {
  const first = Math.floor(Math.max(0, from) / pageSize);
  const last = Math.floor(Math.max(0, Math.min(to, index.total - 1)) / pageSize);
  const pages = index.total === 0 ? [] : Array.from({ length: last - first + 1 }, (_, n) => first + n);
  const units = useQueries({
    queries: pages.map((page) => ({
      ...operationQuery('translate.units', {
        project,
        ...of,
        after: index.ordinalAt(page * pageSize) - 1,
        limit: pageSize,
      }),
      gcTime: forgetMs,
    })),
    combine: unitsIn,
  });
  const [memory] = useState(() => new UnitMemory());
  return useMemo(() => memory.with(units), [memory, units]);
}
