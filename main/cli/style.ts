import type { CliHost, Out } from './host.ts';

/** SGR parameters (ANSI escape codes): on and off. */
const codes = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

/** Uses colours only on a terminal, unless `NO_COLOR` is set or the terminal is `dumb`. */
export function styleFor(
  out: Out,
  env: CliHost['env'],
): (format: keyof typeof codes, text: string) => string {
  const usesColours = out.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return (format, text) =>
    usesColours ? `\u001b[${codes[format][0]}m${text}\u001b[${codes[format][1]}m` : text;
}

/**
 * The terminal columns of a character: East Asian wide characters and emoji take two, combining marks none.
 */
function widthOf(character: string): number {
  if (/\p{Mark}|\u200d|\ufe0f/u.test(character)) return 0;
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u.test(
    character,
  )
    ? 2
    : 1;
}

export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/** Truncates a text to this many columns. */
export function truncate(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let [start, width] = ['', 0];
  for (const character of text) {
    width += widthOf(character);
    if (width > columns - 1) break;
    start += character;
  }
  return `${start}…`;
}

/** Removes terminal control sequences from a text of a file or a provider. */
export function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what must not reach a terminal
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
