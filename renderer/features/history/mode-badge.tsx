import type { CallRecord } from '../../../contract/call-log.ts';
import { historyMessages } from '../../messages/history-messages.ts';
import { clsx } from 'clsx';

const t = historyMessages.history;

const looks = {
  live: 'bg-warn-soft text-warn border-transparent font-medium',
  dry: 'bg-sunken text-ink-soft border-line',
  mock: 'bg-sunken text-ink-soft border-line border-dashed',
} as const;

/** Live, dry or mock. Live is amber here too, but paler: a list contains many. */
export function ModeBadge({ mode }: Pick<CallRecord, 'mode'>) {
  return (
    <span
      title={t.modeHelp[mode]}
      className={clsx(
        'inline-block shrink-0 rounded-sm border px-1.5 text-xs leading-4 whitespace-nowrap',
        looks[mode],
      )}
    >
      {t.modes[mode]}
    </span>
  );
}
