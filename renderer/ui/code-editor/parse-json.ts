import type { Problem } from './problem.ts';

export type ParsedJson = { ok: true; value: unknown } | { ok: false; problem: Problem };

/** The position in the engine's error message; the end if the text is incomplete. */
function offsetIn(message: string, text: string): number {
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  return position === undefined ? text.length : Number(position);
}

/** Parses JSON; on failure returns the reason and its position. */
export function parseJson(text: string): ParsedJson {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (thrown) {
    const reported = thrown instanceof Error ? thrown.message : String(thrown);
    const message = reported.replace(/ in JSON at position \d+.*$/s, '').replace(/ at position \d+.*$/s, '');
    return { ok: false, problem: { message, offset: offsetIn(reported, text) } };
  }
}
