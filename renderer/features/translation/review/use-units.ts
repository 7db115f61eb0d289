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
/** Pages that are out of sight are forgotten: a hundred thousand units are not kept here. */
const forgetMs = 20_000;
/** Units that are shown until their page is there again. */
const rememberedUnits = 1500;

/** Which units pass a filter. While another filter is being answered, the last answer stays, with its own filter. */
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

/** Outside of the hook: a new function would be asked again for each row that scrolls into sight. */
const unitsIn = (answers: Answers) => answers.flatMap(({ data }) => data?.units ?? []);

/** Units that were read, so that a row has its text while its page is read anew. The oldest go. */
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
 * The units of the rows in sight, read page by page.
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
