import type { RunView } from '../../../../contract/translation.ts';
import { limitsMessages } from '../../../messages/limits-messages.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { formatCount, formatSeconds } from '../../../ui/format.ts';

/** The processes that work on a run, on all machines; nothing if it is only this one. */
export function RunProcesses({ processes, now }: Pick<RunView, 'processes'> & { now: number }) {
  if (processes.every((process) => process.is_here)) return null;
  return (
    <ul
      aria-label={t.run.processes}
      className="num flex max-h-16 flex-wrap gap-x-4 gap-y-0.5 overflow-y-auto text-sm text-ink-soft"
    >
      {processes.map(({ machine, pid, groups, is_here: isHere, seen_ago_ms: ago, waits_for: wait }) => {
        const lastSeen = isHere ? t.run.here : t.run.heard(formatSeconds(ago));
        const waitMs = wait ? Date.parse(wait.until) - now : 0;
        return (
          <li key={`${machine} ${pid}`} title={lastSeen}>
            {t.run.process(machine, pid, formatCount(groups))}
            <span className="text-ink-faint"> · {lastSeen}</span>
            {wait && waitMs > 0 && (
              <span className="text-warn">
                {' · '}
                {limitsMessages.waitsFor(wait.provider, formatSeconds(waitMs))}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
