import { extension, readHead } from '../shared/read-text.ts';
import { textFormat } from '../shared/text-format.ts';
import { dataFileOf, scanDataFile, type DataFile } from './data-files.ts';

const beginnings: Record<DataFile, RegExp> = {
  database: /^\[\s*(null|\{)/,
  commonevents: /^\[\s*(null|\{)/,
  troops: /^\[\s*(null|\{)/,
  map: /^\{[^]*"(autoplayBgm|displayName|encounterList|tilesetId|events)"/,
  system: /^\{[^]*"(advanced|airship|armorTypes|boat|currencyUnit|gameTitle|terms)"/,
};

/**
 * Data files of RPG Maker MV and MZ: messages, choices, names, descriptions and terms. The lines of a message are one unit;
 * a translation that is wider than the window is wrapped. The key is a JSON pointer (RFC 6901), in which the lines of
 * messages (401, 405, 408) do not count, so it stays the same if a message gets more lines. Option `comments`: also read
 * notes, and comments in events.
 */
export const rpgmaker = textFormat({
  name: 'rpgmaker',
  label: 'RPG Maker MV or MZ data',
  keepsSource: false,
  detect(path, head) {
    const kind = extension(path) === 'json' ? dataFileOf(path) : null;
    if (kind === null) return 0;
    const text = readHead(head)?.trimStart();
    if (text === undefined || !beginnings[kind].test(text)) return 0;
    return /(^|\/)data\/[^/]+$/i.test(path) ? 0.95 : 0.85;
  },
  scan: (text, options, path) => scanDataFile(text, path, options.comments === true),
});
