import type { ModelView } from '../../../../contract/provider.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import type { Column } from '../../../ui/data-table/column.ts';
import { formatContext, formatPrice, formatList } from '../../../ui/format.ts';
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

/** The width of one character of the monospaced font, and of the space around a cell, in pixels. */
const characterPx = 7.25;
const aroundPx = 24;
const minModelPx = 150;
const maxModelPx = 336;

/** The model's column, as wide as its longest id: an id is what a call needs. Its name is shown if it fits. */
const modelColumn = (rows: readonly ModelRow[]): Column<ModelRow> => {
  const maxLength = Math.max(0, ...rows.map(({ model }) => model.id.length));
  return {
    id: 'model',
    header: () => t.column.model,
    width: Math.min(maxModelPx, Math.max(minModelPx, Math.ceil(maxLength * characterPx) + aroundPx)),
    grow: 1,
    sortBy: ({ model }) => model.id,
    title: ({ model }) => `${model.id}\n${model.label}`,
    cell: ({ model }) => (
      // A name that does not fit beside the id wraps to a line that is not visible.
      <span className="flex h-[1lh] min-w-0 flex-wrap items-baseline gap-x-2 overflow-hidden">
        <code className="num max-w-full truncate">{model.id}</code>
        {model.label !== model.id && <span className="text-ink-faint">{model.label}</span>}
      </span>
    ),
  };
};

/** Beside the name, so that it is in sight in a narrow window. */
const lifecycleColumn: Column<ModelRow> = {
  id: 'lifecycle',
  header: () => t.column.status,
  width: 168,
  sortBy: ({ model: { lifecycle } }) => `${lifecycle.status} ${lifecycle.shutdown ?? ''}`,
  cell: ({ model: { lifecycle } }) =>
    lifecycle.status === 'active' ? t.active : <LifecycleBadge lifecycle={lifecycle} />,
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
    header: () => t.column.priceShort,
    width: 132,
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
    id: 'tags',
    header: () => t.column.tags,
    width: 84,
    grow: 2,
    title: ({ model }) => formatList(model.tags),
    sortBy: ({ model }) => model.tags.join(', '),
    cell: ({ model }) => formatList(model.tags),
  },
  {
    id: 'used',
    header: () => t.column.used,
    width: 84,
    grow: 1.5,
    largestFirst: true,
    title: usedText,
    sortBy: ({ usedBy }) => usedBy.length || null,
    cell: ({ usedBy }) => formatList([...new Set(usedBy.map(({ module }) => module))]),
  },
];

/** Whether a column has nothing to show in any row. */
const isEmpty: Readonly<Record<string, (row: ModelRow) => boolean>> = {
  context: ({ model }) => model.context === null,
  as_of: (row) => isFree(row) || row.model.pricing === null,
  checked: ({ model }) => model.checked === null,
  used: ({ usedBy }) => usedBy.length === 0,
};

/**
 * The columns of a table of these models, without those that are empty in every row.
 * @param ofAll the rows are of several providers, so each names its own
 */
export function modelColumns(rows: readonly ModelRow[], ofAll: boolean): readonly Column<ModelRow>[] {
  const shown = others.filter(({ id }) => {
    const isBlank = isEmpty[id];
    return isBlank === undefined || rows.some((row) => !isBlank(row));
  });
  return [modelColumn(rows), lifecycleColumn, ...(ofAll ? [providerColumn] : []), ...shown];
}
