import type { Format } from './define.ts';
import { csv } from './csv/format.ts';
import { jsonList } from './json-list/format.ts';
import { jsonMap } from './json-map/format.ts';
import { kag } from './kag/format.ts';
import { po } from './po/format.ts';
import { renpy } from './renpy/format.ts';
import { rpgmaker } from './rpgmaker/format.ts';
import { subtitles } from './subtitles/format.ts';
import { text } from './text/format.ts';
import { unsupportedFile, type Unsupported } from './unsupported.ts';
import { xunity } from './xunity/format.ts';

/** All file formats. If two have the same certainty for a file, the first one is used. */
export const formats: readonly Format[] = [
  renpy,
  rpgmaker,
  kag,
  po,
  xunity,
  jsonList,
  jsonMap,
  csv,
  subtitles,
  text,
];

/** How many bytes of a file's beginning detection needs. */
export const headBytes = 64 * 1024;

// A lower value means that the format can read the file only if the user chooses the format.
const minCertainty = 0.25;

/** The format with the highest certainty, or why the file is not read. Null: the file has no text of a game. */
export type Detection = { format: Format; certainty: number } | { unsupported: Unsupported } | null;

/**
 * @param path relative to the project, with `/`
 * @param bytes the file, or at least its first `headBytes`
 */
export function detectFormat(path: string, bytes: Uint8Array): Detection {
  const head = bytes.subarray(0, headBytes);
  const unsupported = unsupportedFile(path);
  if (unsupported !== null) return { unsupported };
  let best: { format: Format; certainty: number } | null = null;
  for (const format of formats) {
    const certainty = format.detect(path, head);
    if (certainty >= minCertainty && certainty > (best?.certainty ?? 0)) best = { format, certainty };
  }
  return best;
}

export function formatNamed(name: string): Format | undefined {
  return formats.find((format) => format.name === name);
}
