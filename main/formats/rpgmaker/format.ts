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
 * Data files of RPG Maker MV and MZ: messages, choices, names, descriptions and terms. The key is a JSON pointer (RFC 6901)
 * into the file, but that a command's number leaves out the lines of messages (401, 405, 408), so that it outlives a
 * message that grows. A message's lines are one unit, wrapped again where the translation is wider than the window.
 * Option `comments`: notes, and comments in events, as well.
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
