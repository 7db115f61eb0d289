/**
 * A short name without sentence marks at a line's start, then a colon, Latin or full width. No speaker are an address
 * (`https://…`), a path (`C:\…`), a clock time or a score (`At 10:30`), and a host with its port (`localhost:8080`).
 */
const cue =
  /^[ \t]*([^\s:：.!?。！？"“「][^:：.!?。！？"“「\n]{0,39}?)[ \t]*(?!(?<=\p{Nd}[ \t]{0,3})[:：][ \t]{0,3}\p{Nd})(?!(?<=[A-Za-z0-9]):\d)[:：](?![/\\])/gmu;

/** The speakers whose cues begin a line, in their order. */
export function cuesOf(text: string): string[] {
  return Array.from(text.matchAll(cue), (match) => (match[1] ?? '').trim());
}
