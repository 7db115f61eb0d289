import { fileWarning } from '../file-warning.ts';
import type { Unit } from '../define.ts';
import { escapesLetters, jsonLiteral, JsonReader, type JsonString } from '../shared/json-reader.ts';
import { firstStrings, looksLikeText } from '../shared/looks-like-text.ts';
import { extension, readHead } from '../shared/read-text.ts';
import { textFormat, WriteFault, Scan } from '../shared/text-format.ts';

/**
 * `[{ "name": "…", "message": "…" }]`, the list that VNTextPatch, SExtractor and related tools exchange, and SExtractor's
 * plain list of texts. The tools put both fields into the game, so a name is a unit too: `3/name`, or `3/names/0` in
 * `"names": ["a", "b"]`. The key of a message is the entry's index, from 0.
 */
export const jsonList = textFormat({
  name: 'json-list',
  label: 'JSON list of names and messages',
  keepsSource: false,
  detect(path, head) {
    if (extension(path) !== 'json') return 0;
    const text = readHead(head)?.trimStart();
    if (text === undefined || !text.startsWith('[')) return 0;
    if (/^\[\s*\{[^{}]*?"(?:message|names?)"\s*:/.test(text) && text.includes('"message"')) return 0.8;
    if (text.replace(/\s/g, '') === '[]') return 0.3;
    return /^\[\s*"/.test(text) && firstStrings(text, false).some(looksLikeText) ? 0.5 : 0.1;
  },
  scan: scanList,
});

function scanList(text: string): Scan {
  const json = new JsonReader(text);
  if (json.peek() !== '[')
    json.fail('not_one_list', 'this format is one list: [{ "name": …, "message": … }]');
  const escapeLetters = escapesLetters(text);
  const scan: Scan = new Scan((_, target) =>
    target.trim() === ''
      ? new WriteFault('An empty translation would remove the text.')
      : jsonLiteral(target, escapeLetters),
  );
  let withoutMessage = 0;
  json.enterArray();
  for (let index = 0; json.nextItem(); index += 1) {
    const key = String(index);
    if (json.peek() === '"') add(scan, { key, source: '' }, json.readString());
    else if (json.peek() === '{') withoutMessage += readEntry(json, scan, key);
    else json.fail('not_an_entry', 'an entry must be a text or an object with a message');
  }
  json.end();
  if (withoutMessage > 0) {
    const message = `${withoutMessage} entries have no message and were skipped.`;
    scan.warnings.push(fileWarning('entries_without_message', { entries: withoutMessage }, message));
  }
  return scan;
}

/** @returns 1 if the entry has no message, else 0 */
function readEntry(json: JsonReader, scan: Scan, key: string): number {
  const names: [key: string, literal: JsonString][] = [];
  let message: JsonString | undefined;
  json.enterObject();
  for (let member = json.nextKey(); member !== null; member = json.nextKey()) {
    if (member.value === 'names' && json.peek() === '[') readNames(json, key, names);
    else if (json.peek() !== '"') json.skip();
    else if (member.value === 'name') names.push([`${key}/name`, json.readString()]);
    else if (member.value === 'message') message = json.readString();
    else json.readString();
  }
  if (message === undefined) return 1;
  const unit: Unit = { key, source: '' };
  const speakers = names.map(([, { value }]) => value).filter((value) => value.trim() !== '');
  if (speakers.length > 0) unit.speaker = speakers.join(', ');
  const parts: [Unit, JsonString][] = names.map(([name, literal]) => [{ key: name, source: '' }, literal]);
  parts.push([unit, message]);
  // `Scan` needs ascending spans, and a file may have the members in any order.
  parts.sort(([, one], [, other]) => one.from - other.from);
  for (const [part, literal] of parts) add(scan, part, literal);
  return 0;
}

/** Reads `names`, several speakers of one message. */
function readNames(json: JsonReader, key: string, names: [string, JsonString][]): void {
  json.enterArray();
  for (let index = 0; json.nextItem(); index += 1) {
    if (json.peek() === '"') names.push([`${key}/names/${index}`, json.readString()]);
    else json.skip();
  }
}

function add(scan: Scan, unit: Unit, literal: JsonString): void {
  if (literal.value.trim() === '') return;
  unit.source = literal.value;
  scan.add(unit, literal.from, literal.to);
}
