import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv } from './format.ts';
import { guessDelimiter, recordsOf } from './records.ts';

const utf8 = new TextEncoder();
const plain = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const cell = fc
  .array(fc.constantFrom('a', 'あ', ' ', '"', ',', ';', '\t', '\n', '\r\n'), { maxLength: 6 })
  .map((parts) => parts.join(''));

function quote(value: string, delimiter: string, always: boolean): string {
  const needs = always || value.includes(delimiter) || /["\r\n]/.test(value);
  return needs ? `"${value.replaceAll('"', '""')}"` : value;
}

const tables = fc
  .record({
    rows: fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
    delimiter: fc.constantFrom(',', ';', '\t'),
    ending: fc.constantFrom('\n', '\r\n'),
    end: fc.boolean(),
  })
  .map(({ rows, delimiter, ending, end }) => ({
    delimiter,
    text:
      rows
        .map((row) => row.map(([value, always]) => quote(value, delimiter, always)).join(delimiter))
        .join(ending) + (end ? ending : ''),
  }));

describe('csv', () => {
  it('reads the same fields as csv-parse', () => {
    fc.assert(
      fc.property(tables, ({ text, delimiter }) => {
        const options = { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true };
        const expected = (parse(text, options) as string[][]).filter(
          (row) => row.length > 1 || row[0] !== '',
        );
        const actual = [...recordsOf(text, delimiter)].map(({ fields }) => fields.map(({ value }) => value));
        const normalized = expected.map((row) => row.map((value) => value.replaceAll('\r\n', '\n')));
        expect(actual.filter((row) => row.length > 1 || row[0] !== '')).toEqual(normalized);
      }),
      { numRuns: 500 },
    );
  });

  it('adds missing delimiters to a short row', () => {
    const options = { columns: { header: true, source: 0, target: 3 } };
    const bytes = utf8.encode('a;b;c;d\r\none\r\ntwo;x;y;z\r\n');
    const targets = new Map([
      ['2', 'ein;s'],
      ['3', 'zwei'],
    ]);
    const written = csv.write(bytes, 'x.csv', targets, options);
    expect(plain(written.bytes)).toBe('a;b;c;d\r\none;;;"ein;s"\r\ntwo;x;y;zwei\r\n');
  });

  it('lists the existing columns where a chosen one is missing', () => {
    const read = () => csv.read(utf8.encode('id,text\n1,a\n'), 'x.csv', { columns: { source: 'texts' } });
    expect(read).toThrow('there is no column “texts”. The columns are: id, text.');
  });

  it('finds columns by their usual names, or else uses the first two', () => {
    const named = csv.read(utf8.encode('id,Source,Name,Translation\nk1,おはよう,花子,\n'), 'x.csv').units;
    expect(named).toEqual([{ key: 'k1', source: 'おはよう', speaker: '花子' }]);
    const bare = csv.read(utf8.encode('おはよう,Good morning\nはい,\n'), 'x.csv').units;
    expect(bare).toEqual([
      { key: '1', source: 'おはよう', target: 'Good morning' },
      { key: '2', source: 'はい' },
    ]);
  });

  it('preserves quotes, and the line endings within a field', () => {
    const bytes = utf8.encode('"a","x"\r\n"b\r\nc","y"\r\n');
    const targets = new Map([
      ['1', 'p "q"'],
      ['2', 'r\ns'],
    ]);
    const written = csv.write(bytes, 'x.csv', targets, { columns: { source: 0 } });
    expect(plain(written.bytes)).toBe('"p ""q""","x"\r\n"r\r\ns","y"\r\n');
  });

  it.each([
    ['a,b\nc,d\n', ','],
    ['a;b,c;d\n', ';'],
    ['a\tb, c\n', '\t'],
    ['"x;y",b\n', ','],
    ['only\n', ','],
  ])('detects the delimiter of %j as %j', (text, delimiter) => {
    expect(guessDelimiter(text)).toBe(delimiter);
  });
});
