import type { Unit } from '../define.ts';
import { fileFault } from '../file-fault.ts';
import { linesOf } from '../shared/lines.ts';
import { failAt, WriteFault, Scan } from '../shared/text-format.ts';
import { UniqueKeys } from '../shared/unique-keys.ts';

const usualFields = [
  'layer',
  'start',
  'end',
  'style',
  'name',
  'marginl',
  'marginr',
  'marginv',
  'effect',
  'text',
];

/**
 * Advanced SubStation Alpha: `Dialogue:` lines of the section `[Events]`. `Format:` names the fields; the text is the last
 * one and may contain commas. `\N` is a line break. Override tags (`{\i1}`), `\n` and `\h` stay in the source. Drawings
 * (`{\p1}`) and comments are not read. Source: "Sub Station Alpha v4.00+ Script Format", sections 5, 6 and appendix A.
 */
export function scanAss(text: string): Scan {
  const scan: Scan = new Scan((_, target) => renderDialogue(target));
  const keys = new UniqueKeys();
  let section = '';
  let hasEvents = false;
  let fields = usualFields;
  for (const { start, end } of linesOf(text)) {
    const line = text.slice(start, end);
    const heading = /^\s*\[([^\]]*)\]\s*$/.exec(line)?.[1];
    if (heading !== undefined) section = heading.trim().toLowerCase();
    if (section !== 'events') continue;
    hasEvents = true;
    const colon = line.indexOf(':');
    const kind = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (kind === 'format') fields = readFields(text, start, line.slice(colon + 1));
    if (kind !== 'dialogue') continue;
    const values = splitFields(line, colon + 1, fields.length);
    if (values === null) {
      failAt(text, start, (at) => {
        const message = `Line ${at}: this Dialogue line has fewer than ${fields.length} fields.`;
        return fileFault('ass_fields', { line: at, fields: fields.length }, message);
      });
    }
    addDialogue(scan, keys, fields, values, start, line);
  }
  if (!hasEvents && text.trim() !== '')
    failAt(text, 0, (line) =>
      fileFault(
        'ass_no_events',
        { line },
        `Line ${line}: there is no section [Events], so this is not an ASS file.`,
      ),
    );
  return scan;
}

function readFields(text: string, start: number, list: string): string[] {
  const fields = list.split(',').map((name) => name.trim().toLowerCase());
  if (fields.at(-1) !== 'text')
    failAt(text, start, (line) =>
      fileFault('ass_last_field', { line }, `Line ${line}: the last field of [Events] must be Text.`),
    );
  return fields;
}

/** Offsets of the fields within the line; null if there are too few. */
function splitFields(line: string, from: number, count: number): [number, number][] | null {
  const values: [number, number][] = [];
  let at = from;
  for (let index = 0; index < count - 1; index += 1) {
    const comma = line.indexOf(',', at);
    if (comma === -1) return null;
    values.push([at, comma]);
    at = comma + 1;
  }
  values.push([at, line.length]);
  return values;
}

function addDialogue(
  scan: Scan,
  keys: UniqueKeys,
  fields: readonly string[],
  values: readonly [number, number][],
  start: number,
  line: string,
): void {
  const read = (name: string) => {
    const [from, to] = values[fields.indexOf(name)] ?? [0, 0];
    return line.slice(from, to).trim();
  };
  const key = keys.take(`${read('start')} --> ${read('end')}`);
  const [from, to] = values.at(-1) ?? [0, 0];
  const raw = line.slice(from, to);
  if (!showsText(raw)) return;
  const unit: Unit = { key, source: raw.replaceAll('\\N', '\n') };
  const speaker = read(fields.includes('name') ? 'name' : 'actor');
  if (speaker !== '') unit.speaker = speaker;
  scan.add(unit, start + from, start + to);
}

/** False for drawings, and for lines with only override tags and spaces. */
function showsText(raw: string): boolean {
  if (/\{[^}]*\\p[1-9]/.test(raw)) return false;
  return (
    raw
      .replace(/\{[^}]*\}/g, '')
      .replace(/\\[Nnh]/g, '')
      .trim() !== ''
  );
}

function renderDialogue(target: string): string | WriteFault {
  if (!showsText(target)) return new WriteFault('An empty translation would remove the line.');
  return target.replace(/\r\n|\n|\r/g, '\\N');
}
