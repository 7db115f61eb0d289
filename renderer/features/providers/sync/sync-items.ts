import type { FactChange, ModelSync, SyncItem } from '../../../../contract/model-sync.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { formatContext, formatPrice } from '../../../ui/format.ts';

export const syncKinds = ['added', 'missing', 'changed'] as const;
export type SyncKind = (typeof syncKinds)[number];

export interface SyncRow extends SyncItem {
  kind: SyncKind;
}

/** Every difference as a row, the most important kinds first. */
export function syncRows(found: ModelSync): SyncRow[] {
  return syncKinds.flatMap((kind) => found[kind].map((item) => ({ ...item, kind })));
}

const t = providersMessages.providers.sync;

function valueOf(change: FactChange, side: 'from' | 'to'): string {
  const value = change[side];
  if (value === null) return t.nothing;
  if (typeof value === 'number') return formatContext(value);
  if (typeof value === 'string') return value;
  if (Array.isArray(value))
    return change.field === 'rules' ? t.rules(value.length) : t.parameters(value.length);
  return `${formatPrice(value.input)} / ${formatPrice(value.output)}`;
}

/** One fact before and after; for a new model only after. */
export function changeText(change: FactChange, kind: SyncKind): string {
  const name = t.fields[change.field];
  const to = valueOf(change, 'to');
  if (kind === 'added' || change.field === 'absent') return `${name} ${to}`;
  return `${name} ${valueOf(change, 'from')} → ${to}`;
}
