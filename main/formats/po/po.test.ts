import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { po as library } from 'gettext-parser';
import { describe, expect, it } from 'vitest';
import type { Unit } from '../define.ts';
import { po } from './format.ts';

const utf8 = new TextEncoder();
const hasMsgfmt = spawnSync('msgfmt', ['--version']).status === 0;
const headers = 'Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n';
const header = `msgid ""\nmsgstr ""\n${headers
  .split(/(?<=\n)/)
  .map((line) => JSON.stringify(line))
  .join('\n')}\n\n`;

const word = fc
  .array(fc.constantFrom('a', 'B', 'é', '漢', '😀', '"', '\\', '\t', '\n', ' ', '%s', '{name}', '#', '~'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join(''));

interface Message {
  context: string | null;
  id: string;
  plural: string | null;
  strings: string[];
}

/** gettext requires that a msgid and its plural have the same line breaks at both ends. */
function endsAlike(id: string, plural: string | null): boolean {
  if (plural === null) return true;
  return id.startsWith('\n') === plural.startsWith('\n') && id.endsWith('\n') === plural.endsWith('\n');
}

const messages = fc.uniqueArray(
  fc
    .record({
      context: fc.option(word),
      id: word,
      plural: fc.option(word),
      strings: fc.tuple(fc.oneof(fc.constant(''), word), fc.oneof(fc.constant(''), word)),
    })
    .map(({ context, id, plural, strings }): Message => ({
      context,
      id,
      plural,
      strings: plural === null ? strings.slice(0, 1) : strings,
    }))
    .filter(({ id, plural }) => endsAlike(id, plural)),
  { selector: ({ context, id }) => `${context ?? ''}\u0004${id}`, maxLength: 6 },
);

/** A catalogue that the library writes, in the form of gettext's own tools. */
function compile(list: readonly Message[]): Uint8Array {
  const translations: Parameters<typeof library.compile>[0]['translations'] = {
    '': { '': { msgid: '', msgstr: [headers] } },
  };
  for (const { context, id, plural, strings } of list) {
    const group = (translations[context ?? ''] ??= {});
    group[id] = {
      msgid: id,
      msgstr: strings,
      ...(context === null ? {} : { msgctxt: context }),
      ...(plural === null ? {} : { msgid_plural: plural }),
    };
  }
  const fields = headers.split('\n').filter((line) => line !== '');
  const named = Object.fromEntries(fields.map((line) => line.split(': ') as [string, string]));
  return new Uint8Array(library.compile({ charset: 'utf-8', headers: named, translations }));
}

/** The strings that the library reads from a catalogue: key, source and translation, as in units. */
function parse(bytes: Uint8Array): [string, string, string][] {
  const { translations } = library.parse(Buffer.from(bytes));
  return Object.entries(translations)
    .flatMap(([context, group]) => Object.values(group).map((entry) => ({ context, ...entry })))
    .filter(({ msgid, context }) => msgid !== '' || context !== '')
    .flatMap(({ context, msgid, msgid_plural: plural, msgstr }) =>
      msgstr.map((string, form): [string, string, string] => [
        `${context === '' ? '' : `${context}\u0004`}${msgid}${plural === undefined ? '' : `[${form}]`}`,
        plural === undefined || form === 0 ? msgid : plural,
        string,
      ]),
    )
    .sort();
}

function triples(units: readonly Unit[]): [string, string, string][] {
  return units.map(({ key, source, target }): [string, string, string] => [key, source, target ?? '']).sort();
}

function msgfmt(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'po-'));
  const file = join(folder, 'x.po');
  writeFileSync(file, bytes);
  const run = spawnSync('msgfmt', ['--check-format', '--check-domain', '-o', join(folder, 'x.mo'), file], {
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  return run.status === 0 ? '' : run.stderr;
}

describe('po', () => {
  it('reads the same as gettext-parser, before and after writing', () => {
    fc.assert(
      fc.property(messages, fc.array(word, { minLength: 1, maxLength: 3 }), (list, texts) => {
        const bytes = compile(list);
        const { units } = po.read(bytes, 'x.po');
        expect(triples(units)).toEqual(parse(bytes));
        const targets = new Map(units.map(({ key }, index) => [key, texts[index % texts.length] ?? '']));
        const written = po.write(bytes, 'x.po', targets).bytes;
        expect(triples(po.read(written, 'x.po').units)).toEqual(parse(written));
      }),
      { numRuns: 200 },
    );
  });

  it.skipIf(!hasMsgfmt)('writes catalogues that msgfmt --check accepts', () => {
    // A blank translation keeps the old string. msgfmt checks that string only if another form of the entry is translated.
    const target = word.filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(messages, fc.array(target, { minLength: 1, maxLength: 3 }), (list, texts) => {
        const bytes = compile(list);
        if (msgfmt(bytes) !== '') return;
        const { units } = po.read(bytes, 'x.po');
        const targets = new Map(units.map(({ key }, index) => [key, texts[index % texts.length] ?? '']));
        expect(msgfmt(po.write(bytes, 'x.po', targets).bytes)).toBe('');
      }),
      { numRuns: 15 },
    );
  });

  it('removes the fuzzy flag, and its line if that is the only flag', () => {
    const write = (text: string, targets: [string, string][]) =>
      new TextDecoder()
        .decode(po.write(utf8.encode(header + text), 'x.po', new Map(targets)).bytes)
        .slice(header.length);
    expect(write('#, fuzzy\nmsgid "a"\nmsgstr "b"\n', [['a', 'c']])).toBe('msgid "a"\nmsgstr "c"\n');
    // Confirming the fuzzy translation removes the flag too.
    expect(write('#, fuzzy\nmsgid "a"\nmsgstr "b"\n', [['a', 'b']])).toBe('msgid "a"\nmsgstr "b"\n');
    expect(write('#, c-format, fuzzy\nmsgid "a"\nmsgstr "b"\n', [['a', 'c\nd']])).toBe(
      '#, c-format\nmsgid "a"\nmsgstr ""\n"c\\n"\n"d"\n',
    );
  });

  it('gives a translation the leading and trailing line breaks of the msgid', () => {
    const bytes = utf8.encode(`${header}msgid "\\na\\n"\nmsgstr ""\n\nmsgid "b"\nmsgstr ""\n`);
    const written = po.write(
      bytes,
      'x.po',
      new Map([
        ['\na\n', 'x'],
        ['b', '\ny\n\n'],
      ]),
    ).bytes;
    expect(po.read(written, 'x.po').units.map(({ target }) => target)).toEqual(['\nx\n', 'y']);
  });

  it.each(['#, fuzzy\nmsgid "b"\nmsgstr ""\n', '# note\n', 'msgid "b"\nmsgstr ""\n'])(
    'refuses an entry without a msgstr, followed by %j',
    (after) => {
      const text = `msgid ""\nmsgstr ""\n\nmsgid "a"\n${after}`;
      expect(() => po.read(utf8.encode(text), 'x.po')).toThrow('msgstr is missing');
    },
  );

  it('uses the plural as the source if the language has one form', () => {
    const text =
      'msgid ""\nmsgstr "Plural-Forms: nplurals=1; plural=0;\\n"\n\nmsgid "a file"\nmsgid_plural "%d files"\nmsgstr[0] ""\n';
    expect(po.read(utf8.encode(text), 'ja.po').units).toEqual([{ key: 'a file[0]', source: '%d files' }]);
  });

  it('uses the charset of the header, and warns of a template without one', () => {
    const latin =
      'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n\nmsgid "a"\nmsgstr "\u00e9"\n';
    const bytes = Uint8Array.from(latin, (letter) => letter.charCodeAt(0));
    expect(po.read(bytes, 'fr.po')).toMatchObject({
      encoding: { name: 'iso-8859-1' },
      units: [{ target: 'é' }],
    });
    const template = utf8.encode('msgid ""\nmsgstr "Content-Type: text/plain; charset=CHARSET\\n"\n');
    expect(po.read(template, 'x.pot').warnings).toMatchObject([{ code: 'charset_missing' }]);
  });
});
