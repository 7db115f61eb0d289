import { extension, readHead } from '../shared/read-text.ts';
import { textFormat } from '../shared/text-format.ts';
import { ScenarioScanner } from './scenario.ts';

/**
 * Scenarios of KiriKiri's KAG and of TyranoScript (`.ks`). A line's text is a unit, with the tags in it; a line that ends
 * with `[r]` goes on in the next. Tags around a text, commands, comments, labels' names and script blocks are left alone.
 * Attributes that a player reads (`text`, `hint`, `jname`…), `#name` lines and labels' captions are units of their own.
 * The key is the label and the text's number below it.
 */
export const kag = textFormat({
  name: 'kag',
  label: 'KiriKiri or TyranoScript scenario',
  keepsSource: false,
  detect(path, head) {
    if (extension(path) !== 'ks') return 0;
    return readHead(head) === null ? 0 : 0.95;
  },
  scan: (text) => new ScenarioScanner(text).scan(),
});
