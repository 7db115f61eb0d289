import { fileWarning } from '../file-warning.ts';
import type { Unit } from '../define.ts';
import { canonicalEncoding } from '../encoding/encoding-names.ts';
import { lineEnding } from '../shared/lines.ts';
import { extension } from '../shared/read-text.ts';
import { textFormat, WriteFault, Scan } from '../shared/text-format.ts';
import { UniqueKeys } from '../shared/unique-keys.ts';
import { entriesOf, type PoEntry, type PoString } from './entries.ts';
import { poLiteral } from './strings.ts';

/**
 * GNU gettext catalogues. Each `msgstr` is a unit; a plural has one for each form. The key is the context and the msgid,
 * joined by U+0004 as in `.mo` files, with `[n]` for a plural form. The header, comments and obsolete entries stay
 * unchanged. Writing a translation removes the entry's `fuzzy` flag, since `msgfmt` skips fuzzy entries.
 * Source: GNU gettext manual, "The Format of PO Files".
 */
export const po = textFormat({
  name: 'po',
  label: 'gettext catalogue (PO)',
  keepsSource: true,
  detect: (path) => (/^pot?$/.test(extension(path)) ? 0.95 : 0),
  declaredEncoding,
  scan: scanCatalogue,
});

/** The header's `charset`, if it is a known encoding. In a template, it is the word CHARSET. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 16_384));
  const charset = /charset=([\w.:-]+)/i.exec(head)?.[1];
  return charset === undefined ? undefined : (canonicalEncoding(charset) ?? undefined);
}

function scanCatalogue(text: string): Scan {
  const places: { entry: PoEntry; string: PoString; form: number }[] = [];
  const ending = lineEnding(text);
  const scan: Scan = new Scan((index, target) => {
    const place = places[index];
    if (place === undefined) return new WriteFault('There is no such entry.');
    if (target !== '' && target.trim() === '' && place.entry.id.trim() !== '') {
      return new WriteFault('The translation is only white space.');
    }
    const literal = poLiteral(matchEnds(target, place.entry.id), ending);
    return place.form === 0 ? withoutFuzzy(text, place.entry, place.string) + literal : literal;
  });
  const keys = new UniqueKeys();
  let pluralForms = 0;
  for (const entry of entriesOf(text)) {
    if (entry.id === '' && entry.context === undefined) {
      const header = entry.strings[0]?.value ?? '';
      pluralForms = Number(/nplurals\s*=\s*(\d+)/.exec(header)?.[1] ?? 0);
      if (/charset=CHARSET/.test(header)) {
        scan.warnings.push(
          fileWarning(
            'charset_missing',
            {},
            'The header still has charset=CHARSET. Create the catalogue with msginit before you use msgfmt.',
          ),
        );
      }
      continue;
    }
    for (const [form, string] of entry.strings.entries()) {
      scan.add(
        unitOf(entry, string, form, keys, pluralForms),
        form === 0 && entry.fuzzy !== undefined ? entry.fuzzy.from : string.from,
        string.to,
      );
      places.push({ entry, string, form });
    }
  }
  return scan;
}

function unitOf(entry: PoEntry, string: PoString, form: number, keys: UniqueKeys, pluralForms: number): Unit {
  const context = entry.context === undefined ? '' : `${entry.context}\u0004`;
  const suffix = entry.plural === undefined ? '' : `[${form}]`;
  // A language with a single form (Japanese, Chinese, Korean) uses it for all numbers, so the plural is its source.
  const isSingular = form === 0 && pluralForms !== 1;
  const source = entry.plural === undefined || isSingular ? entry.id : entry.plural;
  const unit: Unit = { key: keys.take(`${context}${entry.id}${suffix}`), source };
  if (string.value !== '') unit.target = string.value;
  if (entry.fuzzy !== undefined) unit.fuzzy = true;
  if (entry.comments.length > 0) unit.note = entry.comments.join('\n');
  if (entry.reference !== undefined) unit.scene = entry.reference;
  return unit;
}

/** `msgfmt --check` requires that msgid and msgstr both begin with a line break or neither does; the same for the end. */
function matchEnds(target: string, id: string): string {
  if (target === '') return target;
  let text = target;
  if (id.startsWith('\n') !== text.startsWith('\n'))
    text = id.startsWith('\n') ? `\n${text}` : text.replace(/^\n+/, '');
  if (id.endsWith('\n') !== text.endsWith('\n'))
    text = id.endsWith('\n') ? `${text}\n` : text.slice(0, lastVisible(text));
  return text;
}

function lastVisible(text: string): number {
  let end = text.length;
  while (text[end - 1] === '\n') end -= 1;
  return end;
}

/** The text from the flags to the string without `fuzzy`. Removes the line if it has no other flag. */
function withoutFuzzy(text: string, entry: PoEntry, string: PoString): string {
  if (entry.fuzzy === undefined) return '';
  const { from, to, next } = entry.fuzzy;
  const flags = text
    .slice(from, to)
    .replace(/^\s*#,/, '')
    .split(',')
    .map((flag) => flag.trim())
    .filter((flag) => flag !== '' && flag !== 'fuzzy');
  const line = flags.length === 0 ? '' : `#, ${flags.join(', ')}${text.slice(to, next)}`;
  return line + text.slice(next, string.from);
}
