import type { LogLevel, LogLine } from '../../../../contract/log-line.ts';

/** The most lines the window keeps. */
export const maxKept = 5000;

const rank: Record<LogLevel, number> = { trace: 0, debug: 1, info: 2, warn: 3, error: 4, fatal: 5 };

/** The lines with newer ones before them: newest first, the oldest beyond the limit gone. */
export function withNewer(
  stored: readonly LogLine[],
  newer: readonly LogLine[],
  max = maxKept,
): readonly LogLine[] {
  if (newer.length === 0) return stored;
  return [...newer.toReversed(), ...stored].slice(0, max);
}

/** The lines of a level and above. */
export function atLeast(lines: readonly LogLine[], level: LogLevel): readonly LogLine[] {
  if (level === 'trace') return lines;
  return lines.filter((line) => rank[line.level] >= rank[level]);
}
