import { fileWarning } from '../file-warning.ts';
import type { Unit } from '../define.ts';
import { escapesLetters, jsonLiteral, JsonReader, type JsonString } from '../shared/json-reader.ts';
import { firstStrings, looksLikeText } from '../shared/looks-like-text.ts';
import { extension, readHead } from '../shared/read-text.ts';
import { textFormat, Scan } from '../shared/text-format.ts';
import { UniqueKeys } from '../shared/unique-keys.ts';

/**
 * `{ "source": "target" }`: MTool's `ManualTransFile.json`, SExtractor's dictionaries and Translator++'s JSON exports.
 * A value that is empty or repeats the source is untranslated (SExtractor's README lists both forms). The names of nested
 * objects become the unit's scene. Values of other types are skipped.
 */
export const jsonMap = textFormat({
  name: 'json-map',
  label: 'JSON object of source and translation',
  keepsSource: true,
  detect(path, head) {
    if (extension(path) !== 'json') return 0;
    const text = readHead(head)?.trimStart();
    if (text === undefined || !text.startsWith('{')) return 0;
    const isMap = /^\{\s*"(?:[^"\\]|\\.)*"\s*:\s*["{]/.test(text);
    if (text.replace(/\s/g, '') === '{}') return 0.3;
    // Settings files look the same: package.json, manifest.json.
    if (!isMap || !firstStrings(text, true).some(looksLikeText)) return 0.1;
    return /^\{\s*"(?:[^"\\]|\\.)*"\s*:\s*"/.test(text) ? 0.6 : 0.4;
  },
  scan: scanMap,
});

function scanMap(text: string): Scan {
  const json = new JsonReader(text);
  if (json.peek() !== '{') json.fail('not_one_object', 'this format is one object: { "source": "target" }');
  const escapeLetters = escapesLetters(text);
  const scan: Scan = new Scan((_, target) => jsonLiteral(target, escapeLetters));
  const keys = new UniqueKeys();
  let skipped = 0;
  const path: string[] = [];
  json.enterObject();
  for (;;) {
    const name = json.nextKey();
    if (name === null) {
      if (path.length === 0) break;
      path.pop();
    } else if (json.peek() === '{') {
      json.enterObject();
      path.push(name.value);
    } else if (json.peek() === '"') {
      const value = json.readString();
      if (name.value.trim() === '') continue;
      scan.add(unitOf(keys.take(keyOf(path, name.value)), path, name, value), value.from, value.to);
    } else {
      json.skip();
      skipped += 1;
    }
  }
  json.end();
  if (skipped > 0) {
    const message = `${skipped} values are not text and were skipped.`;
    scan.warnings.push(fileWarning('values_not_text', { values: skipped }, message));
  }
  return scan;
}

/** The source, or a JSON pointer (RFC 6901) in a nested object. */
function keyOf(path: readonly string[], name: string): string {
  if (path.length === 0) return name;
  return [...path, name].map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function unitOf(key: string, path: readonly string[], name: JsonString, value: JsonString): Unit {
  const unit: Unit = { key, source: name.value };
  if (value.value !== '' && value.value !== name.value) unit.target = value.value;
  if (path.length > 0) unit.scene = path.join(' / ');
  return unit;
}
