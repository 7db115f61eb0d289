import { useEffect, useState } from 'react';
import type { LogLevel, LogLine } from '../../../../contract/log-line.ts';
import { repeatWithBackOff } from '../../../api/back-off.ts';
import { stream } from '../../../api/client.ts';
import { withNewer } from './log-buffer.ts';

export interface FollowedLog {
  /** Newest first. */
  lines: readonly LogLine[];
  missed: number;
  /** The lowest level that is written; null until the first lines have arrived. */
  level: LogLevel | null;
  failed: boolean;
}

const nothing: FollowedLog = { lines: [], missed: 0, level: null, failed: false };
const firstLines = 500;

/** A hidden window draws no frames, so a timer is used. */
function nextFrame(flush: () => void): void {
  if (document.hidden) setTimeout(flush, 100);
  else requestAnimationFrame(flush);
}

/**
 * Follows the server's log while the component is mounted; lines that arrive within one frame are rendered
 * together.
 */
export function useLog(): FollowedLog & { clear: () => void } {
  const [log, setLog] = useState(nothing);
  useEffect(() => {
    let waiting: LogLine[] = [];
    let missed = 0;
    let drawing = false;
    const flush = () => {
      drawing = false;
      const [newer, lost] = [waiting, missed];
      waiting = [];
      missed = 0;
      setLog((now) => ({ ...now, lines: withNewer(now.lines, newer), missed: now.missed + lost }));
    };
    const follow = async (signal: AbortSignal) => {
      let first = true;
      await stream(
        'log.follow',
        { last: firstLines },
        (event) => {
          if (event.event !== 'log') return;
          const { lines, level } = event.data;
          // After a gap the server sends its last lines again.
          if (first) setLog((now) => ({ ...nothing, missed: now.missed, level }));
          first = false;
          waiting.push(...lines);
          missed += event.data.missed;
          if (!drawing) nextFrame(flush);
          drawing = true;
        },
        signal,
      );
      return 'again' as const;
    };
    return repeatWithBackOff(follow, () => setLog((now) => ({ ...now, failed: true })));
  }, []);
  return { ...log, clear: () => setLog((now) => ({ ...now, lines: [], missed: 0 })) };
}
