import type { LogLevel, LogLine } from '../../../../contract/log-line.ts';

/** The maximum number of lines in the window. */
export const maxLines = 5000;

const rank: Record<LogLevel, number> = { trace: 0, debug: 1, info: 2, warn: 3, error: 4, fatal: 5 };

/** Adds newer lines at the start (newest first), and drops the oldest beyond the limit. */
export function withNewer(
  stored: readonly LogLine[],
  newer: readonly LogLine[],
  max = maxLines,
): readonly LogLine[] {
  if (newer.length === 0) return stored;
  return [...newer.toReversed(), ...stored].slice(0, max);
}

/** The lines of a level and above. */
export function atLeast(lines: readonly LogLine[], level: LogLevel): readonly LogLine[] {
  if (level === 'trace') return lines;
  return lines.filter((line) => rank[line.level] >= rank[level]);
}
