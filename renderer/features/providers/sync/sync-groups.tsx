import { CheckBox } from '../../../ui/check-box.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { formatCount } from '../../../ui/format.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import type { SyncKind, SyncRow } from './sync-items.ts';
import { syncKinds } from './sync-items.ts';
import { setChosen } from './sync-store.ts';

const t = providersMessages.providers.sync;

interface SyncGroupsProps {
  name: string;
  rows: readonly SyncRow[];
  chosen: ReadonlySet<string>;
  /** The only kind of difference that is shown. */
  only: SyncKind | null;
  onOnly: (kind: SyncKind | null) => void;
}

/**
 * Added, missing and changed: the number of each, a checkbox for all of a kind, and a button that shows one
 * kind alone.
 */
export function SyncGroups({ name, rows, chosen, only, onOnly }: SyncGroupsProps) {
  return syncKinds.map((kind) => {
    const ids = rows.filter((row) => row.kind === kind).map(({ id }) => id);
    const ticked = ids.filter((id) => chosen.has(id)).length;
    const change = (checked: boolean) => {
      const ownIds = new Set(ids);
      const others = [...chosen].filter((id) => !ownIds.has(id));
      setChosen(name, checked ? [...others, ...ids] : others);
    };
    return (
      <span key={kind} className="flex items-center gap-1.5">
        {ids.length > 0 && (
          <CheckBox
            label={t.takeAll(t.kinds[kind])}
            checked={ticked === ids.length}
            mixed={ticked > 0 && ticked < ids.length}
            onChange={change}
          />
        )}
        <Chip pressed={only === kind} onClick={() => onOnly(only === kind ? null : kind)}>
          {t.kinds[kind]} <span className="num">{formatCount(ids.length)}</span>
        </Chip>
      </span>
    );
  });
}
