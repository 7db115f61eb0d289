import { useMemo } from 'react';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { DetailHeader } from '../detail/detail-header.tsx';
import { modelColumns } from './model-columns.tsx';
import { modelRows } from './model-rows.ts';
import { ModelsView } from './models-view.tsx';

const t = providersMessages.providers;

/** Every model of every provider in one table. */
export function AllModels({ registry }: { registry: RegistryView }) {
  const rows = useMemo(() => modelRows(registry, registry.providers), [registry]);
  const columns = useMemo(() => modelColumns(rows, true), [rows]);
  return (
    <article aria-label={t.allModels} className="flex h-full flex-col">
      <DetailHeader title={t.allModels} />
      <div className="min-h-0 flex-1">
        <ModelsView label={t.allModels} rows={rows} columns={columns} takesFilterKey />
      </div>
    </article>
  );
}
