import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { OperationOutput } from '../../../../contract/operations/table.ts';
import type { UnitView } from '../../../../contract/translation.ts';
import { request } from '../../../api/client.ts';
import { operationQuery } from '../../../api/operation-query.ts';
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

/**
 * The units of the rows in sight, read page by page.
 * @param from first position, `to` last
 */
export function useUnits(
  project: string,
  { index, of }: { index: UnitIndex; of: UnitQuery },
  from: number,
  to: number,
) {
  const first = Math.floor(Math.max(0, from) / pageSize);
  const last = Math.floor(Math.max(0, Math.min(to, index.total - 1)) / pageSize);
  const pages = index.total === 0 ? [] : Array.from({ length: last - first + 1 }, (_, n) => first + n);
  const answers = useQueries({
    queries: pages.map((page) => ({
      ...operationQuery('translate.units', {
        project,
        ...of,
        after: index.ordinalAt(page * pageSize) - 1,
        limit: pageSize,
      }),
      gcTime: forgetMs,
    })),
    combine: (results) => results.flatMap(({ data }) => (data ? [data.units] : [])),
  });
  const remembered = useRef(new Map<number, UnitView>());
  const units = useMemo(() => {
    const all = remembered.current;
    for (const page of answers)
      for (const unit of page) {
        all.delete(unit.ordinal);
        all.set(unit.ordinal, unit);
      }
    for (const ordinal of all.keys()) {
      if (all.size <= rememberedUnits) break;
      all.delete(ordinal);
    }
    return new Map(all);
  }, [answers]);
  const project_ = useRef(project);
  useEffect(() => {
    if (project_.current !== project) remembered.current.clear();
    project_.current = project;
  }, [project]);
  return units;
}
