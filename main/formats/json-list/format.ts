import type { Unit } from '../define.ts';
import { escapesLetters, jsonLiteral, JsonReader, type JsonString } from '../shared/json-reader.ts';
import { extension, readHead } from '../shared/read-text.ts';
import { textFormat, WriteFault, type Scan } from '../shared/text-format.ts';

/**
 * `[{ "name": "…", "message": "…" }]`, the list that VNTextPatch, SExtractor and the tools around them exchange, and
 * SExtractor's plain list of texts. Both fields are replaced in place: the tools put whatever stands there into the game,
 * names too, so a name is a unit of its own (`3/name`). The key is the entry's index, from 0.
 */
export const jsonList = textFormat({
  name: 'json-list',
  label: 'JSON list of names and messages',
  keepsSource: false,
  detect(path, head) {
    if (extension(path) !== 'json') return 0;
    const text = readHead(head)?.trimStart();
    if (text === undefined || !text.startsWith('[')) return 0;
    if (/^\[\s*\{[^{}]*?"(?:message|name)"\s*:/.test(text) && text.includes('"message"')) return 0.8;
    return /^\[\s*(?:"|\])/.test(text) ? 0.5 : 0.1;
  },
  scan: scanList,
});

function scanList(text: string): Scan {
  const json = new JsonReader(text);
  if (json.peek() !== '[') json.fail('this format is one list: [{ "name": …, "message": … }]');
  const escapeLetters = escapesLetters(text);
  const scan: Scan = {
    units: [],
    starts: [],
    ends: [],
    warnings: [],
    render: (_, target) =>
      target.trim() === ''
        ? new WriteFault('An empty translation would take the text away.')
        : jsonLiteral(target, escapeLetters),
  };
  let withoutMessage = 0;
  json.enterArray();
  for (let index = 0; json.nextItem(); index += 1) {
    const key = String(index);
    if (json.peek() === '"') add(scan, { key, source: '' }, json.readString());
    else if (json.peek() === '{') withoutMessage += readEntry(json, scan, key);
    else json.fail('an entry must be a text or an object with a message');
  }
  json.end();
  if (withoutMessage > 0)
    scan.warnings.push(`${withoutMessage} entries have no message and were left alone.`);
  return scan;
}

/** @returns 1 where the entry has no message, else 0 */
function readEntry(json: JsonReader, scan: Scan, key: string): number {
  let name: JsonString | undefined;
  let message: JsonString | undefined;
  json.enterObject();
  for (let member = json.nextKey(); member !== null; member = json.nextKey()) {
    if (json.peek() !== '"') json.skip();
    else if (member.value === 'name') name = json.readString();
    else if (member.value === 'message') message = json.readString();
    else json.readString();
  }
  if (message === undefined) return 1;
  const unit: Unit = { key, source: '' };
  if (name !== undefined && name.value.trim() !== '') unit.speaker = name.value;
  // Spans ascend, whichever of the two comes first in the file.
  const parts: [Unit, JsonString | undefined][] = [
    [{ key: `${key}/name`, source: '' }, name],
    [unit, message],
  ];
  parts.sort(([, one], [, other]) => (one?.from ?? 0) - (other?.from ?? 0));
  for (const [part, literal] of parts) if (literal !== undefined) add(scan, part, literal);
  return 0;
}

function add(scan: Scan, unit: Unit, literal: JsonString): void {
  if (literal.value.trim() === '') return;
  unit.source = literal.value;
  scan.units.push(unit);
  scan.starts.push(literal.from);
  scan.ends.push(literal.to);
}
