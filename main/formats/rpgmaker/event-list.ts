import type { JsonReader } from '../shared/json-reader.ts';
import type { UnitCollector, MessageLine } from './collector.ts';
import { readCommand, type Command } from './command.ts';

// The code of the lines after a command: text, scrolling text, comment.
const lineCodes: Record<number, number> = { 101: 401, 105: 405, 108: 408 };
// Change Name, Nickname, Profile: the text is parameter 1.
const nameCodes = new Set([320, 324, 325]);

interface Message {
  lineCode: number;
  key: string;
  speaker: string;
  maxCells: number;
  lines: MessageLine[];
}

/**
 * Reads the texts of one command list. Source: `Game_Interpreter` in RPG Maker MV's `rpg_objects.js` and MZ's
 * `rmmz_objects.js` (`command101`, `102`, `105`, `108`, `320`, `324`, `325`). `402` repeats a choice for the editor, and
 * the engine does not use that text. Scripts and plugin commands (`355`, `356`, `357`) are code.
 * @param path JSON pointer of the list; a key is the pointer and the command's number in it
 */
export function readEventList(
  json: JsonReader,
  collector: UnitCollector,
  path: string,
  scene: string,
  comments: boolean,
): void {
  let message: Message | null = null;
  const close = () => {
    if (message === null) return;
    const speaker = message.speaker === '' ? {} : { speaker: message.speaker };
    collector.addMessage(message.key, message.lines, message.maxCells, { scene, ...speaker });
    message = null;
  };
  json.enterArray();
  // The lines of a message do not count, so keys stay the same if a translation has more or fewer lines.
  let number = -1;
  while (json.nextItem()) {
    if (json.peek() !== '{') {
      close();
      json.skip();
      number += 1;
      continue;
    }
    const command = readCommand(json);
    const text = command.texts[0];
    if (message !== null && command.code === message.lineCode && text !== undefined) {
      message.lines.push({ command, text });
      continue;
    }
    close();
    number += 1;
    const key = `${path}/${number}`;
    message = openMessage(command, key, comments);
    readNames(command, key, scene, collector);
  }
  close();
}

function openMessage(command: Command, key: string, comments: boolean): Message | null {
  const { code, texts } = command;
  const text = texts[0];
  // After manual edits, a list may begin with the second line of a message.
  const isLine = (code === 401 || code === 405) && text !== undefined;
  const lineCode = isLine ? code : lineCodes[code];
  if (lineCode === undefined || (code === 108 && !comments)) return null;
  const isText = code === 101;
  const isFirstLine = isLine || (code === 108 && text !== undefined);
  return {
    lineCode,
    key,
    speaker: isText ? (texts[4]?.value.trim() ?? '') : '',
    maxCells: lineCode === 408 ? Infinity : widthOf(command),
    lines: isFirstLine && text !== undefined ? [{ command, text }] : [],
  };
}

/**
 * The width of a message line in the default window, in cells, from the engines' own numbers. A half-width letter is half
 * as wide as its font is high.
 * - MV (`rpg_windows.js`): 816 px, minus two paddings of 18 px; 28 px letters; 168 px for a face.
 * - MZ (`rmmz_windows.js`): 808 px, minus two paddings of 12 px; 26 px letters; 164 px for a face, 4 px without one.
 * Only MZ's command has a fifth parameter, the speaker's name.
 */
function widthOf(command: Command): number {
  const isMz = command.texts.length > 4;
  const hasFace = (command.texts[0]?.value ?? '') !== '' && command.code === 101;
  if (isMz) return hasFace ? 47 : 60;
  return hasFace ? 43 : 55;
}

function readNames(command: Command, key: string, scene: string, collector: UnitCollector): void {
  const { code, texts, list } = command;
  const name = code === 101 ? texts[4] : nameCodes.has(code) ? texts[1] : undefined;
  const at = code === 101 ? 4 : 1;
  if (name !== undefined) collector.addText(`${key}/parameters/${at}`, name, { scene });
  if (code !== 102) return;
  for (const [choice, text] of list.entries()) {
    if (text !== undefined) collector.addText(`${key}/parameters/0/${choice}`, text, { scene });
  }
}
