import { extension, readHead } from '../shared/read-text.ts';
import { textFormat } from '../shared/text-format.ts';
import { ScenarioScanner } from './scenario.ts';

/**
 * Scenarios of KiriKiri's KAG and of TyranoScript (`.ks`). A line's text is a unit, including the tags within it. After
 * `[r]` without `[l]` before it, the unit continues on the next line. Attributes that a player reads (`text`, `hint`,
 * `jname`…), `#name` lines and label captions are units too. Other tags, commands, comments, label names and script
 * blocks stay unchanged. The key is the label and the text's number below it.
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
