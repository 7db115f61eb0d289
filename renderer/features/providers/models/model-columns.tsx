import type { ModelView } from '../../../../contract/provider.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import type { Column } from '../../../ui/data-table/column.ts';
import { formatContext, formatPrice } from '../../../ui/format.ts';
import { LifecycleBadge } from '../../../ui/lifecycle-badge.tsx';
import type { ModelRow } from './model-rows.ts';

const t = providersMessages.providers;

const isFree = ({ provider: { kind } }: ModelRow) => kind === 'local' || kind === 'stub';

/** The price of a model as text; an unknown price is named as such. */
export function priceText(row: ModelRow): string {
  const { pricing } = row.model;
  if (isFree(row)) return t.free;
  return pricing ? `${formatPrice(pricing.input)} / ${formatPrice(pricing.output)}` : t.priceUnknown;
}

/** The source of a price, and the previous price. */
export function priceSource({ pricing }: ModelView): string {
  if (!pricing) return '';
  const { source, matched, quoted } = pricing;
  const lines = [
    source,
    matched && t.matchedAs(matched),
    quoted && t.quoted(formatPrice(quoted.input), formatPrice(quoted.output), quoted.as_of),
  ];
  return lines.filter(Boolean).join('\n');
}

const dayMs = 86_400_000;

/** How long ago a source last listed the model; the month if the source gives no day. */
export function checkedText({ checked }: Pick<ModelView, 'checked'>): string {
  if (!checked) return '';
  const { as_of: day } = checked;
  if (day.length < 10) return day;
  return t.checkedDays(Math.floor((Date.now() - Date.parse(day)) / dayMs));
}

const usedText = ({ usedBy }: ModelRow) =>
  usedBy.map(({ module, preset }) => `${module} · ${preset}`).join('\n');

const modelColumn: Column<ModelRow> = {
  id: 'model',
  header: () => t.column.model,
  width: 208,
  grow: 3,
  sortBy: ({ model }) => model.id,
  title: ({ model }) => `${model.id}\n${model.label}`,
  cell: ({ model }) => (
    <span className="flex min-w-0 items-baseline gap-2">
      <code className="num truncate">{model.id}</code>
      {model.label !== model.id && (
        <span className="min-w-0 flex-1 truncate text-ink-faint">{model.label}</span>
      )}
    </span>
  ),
};

const providerColumn: Column<ModelRow> = {
  id: 'provider',
  header: () => t.column.provider,
  width: 112,
  grow: 1,
  sortBy: ({ provider }) => provider.label,
  cell: ({ provider }) => provider.label,
};

const others: Column<ModelRow>[] = [
  {
    id: 'context',
    header: () => t.column.context,
    width: 88,
    align: 'end',
    mono: true,
    largestFirst: true,
    sortBy: ({ model }) => model.context,
    cell: ({ model }) => (model.context === null ? '' : formatContext(model.context)),
  },
  {
    id: 'price',
    header: () => t.column.price,
    width: 216,
    mono: true,
    title: ({ model }) => priceSource(model),
    sortBy: (row) => (isFree(row) ? 0 : row.model.pricing ? row.model.pricing.output : null),
    cell: (row) => (
      <span className={isFree(row) || row.model.pricing ? undefined : 'text-ink-faint'}>
        {priceText(row)}
      </span>
    ),
  },
  {
    id: 'as_of',
    header: () => t.column.asOf,
    width: 88,
    mono: true,
    sortBy: ({ model }) => model.pricing?.as_of ?? null,
    cell: (row) => (isFree(row) ? '' : (row.model.pricing?.as_of ?? '')),
  },
  {
    id: 'checked',
    header: () => t.column.checked,
    width: 104,
    title: ({ model: { checked } }) => (checked ? t.checkedBy(checked.source, checked.as_of) : undefined),
    sortBy: ({ model }) => model.checked?.as_of ?? null,
    cell: ({ model }) => checkedText(model),
  },
  {
    id: 'lifecycle',
    header: () => t.column.status,
    width: 160,
    sortBy: ({ model: { lifecycle } }) => `${lifecycle.status} ${lifecycle.shutdown ?? ''}`,
    cell: ({ model: { lifecycle } }) =>
      lifecycle.status === 'active' ? t.active : <LifecycleBadge lifecycle={lifecycle} />,
  },
  {
    id: 'tags',
    header: () => t.column.tags,
    width: 58,
    grow: 1.5,
    title: ({ model }) => model.tags.join(', '),
    sortBy: ({ model }) => model.tags.join(', '),
    cell: ({ model }) => model.tags.join(', '),
  },
  {
    id: 'used',
    header: () => t.column.used,
    width: 58,
    grow: 1,
    largestFirst: true,
    title: usedText,
    sortBy: ({ usedBy }) => usedBy.length || null,
    cell: ({ usedBy }) => [...new Set(usedBy.map(({ module }) => module))].join(', '),
  },
];

/** The models of one provider. */
export const ownColumns: readonly Column<ModelRow>[] = [modelColumn, ...others];
/** The models of all providers. */
export const allColumns: readonly Column<ModelRow>[] = [modelColumn, providerColumn, ...others];
