import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { formatCases } from './__fixtures__/format-cases.ts';
import type { FormatCase } from './__fixtures__/format-case.ts';
import { FormatError, type FormatOptions, type ReadFile, type Unit } from './define.ts';
import { formats } from './index.ts';
import { renpy } from './renpy/format.ts';

const utf8 = new TextEncoder();
const same = (text: string) => text;

/** @param mark add the encoding's byte order mark */
function encode(text: string, encoding: string, mark = false): Uint8Array {
  return new Uint8Array(iconv.encode(text, encoding, { addBOM: mark }));
}

function valueOf(unit: Unit | undefined): string | undefined {
  return unit?.target ?? unit?.source;
}

/** The fixture in each encoding and with each line ending. The encoding is detected, except where the title says “set”. */
function spellings(one: FormatCase): { title: string; bytes: Uint8Array; options: FormatOptions }[] {
  const { text, options = {} } = one;
  const noEnd = text.replace(/\n$/, '');
  return [
    { title: 'UTF-8', bytes: utf8.encode(text), options },
    { title: 'UTF-8, CRLF', bytes: utf8.encode(text.replaceAll('\n', '\r\n')), options },
    { title: 'UTF-8, BOM', bytes: encode(text, 'utf8', true), options },
    { title: 'no newline at the end', bytes: utf8.encode(noEnd), options },
    { title: 'UTF-16LE, BOM, CRLF', bytes: encode(text.replaceAll('\n', '\r\n'), 'utf16le', true), options },
    { title: 'UTF-16BE, BOM', bytes: encode(text, 'utf16be', true), options },
    ...one.encodings.map((encoding) => ({ title: encoding, bytes: encode(text, encoding), options })),
    ...one.encodings.map((encoding) => ({
      title: `${encoding}, set, CRLF`,
      bytes: encode(text.replaceAll('\n', '\r\n'), encoding),
      options: { ...options, encoding },
    })),
  ];
}

it('has a case for every format', () => {
  expect(
    formats.filter((format) => !formatCases.some((one) => one.format === format)).map(({ name }) => name),
    // Ren'Py scripts are always UTF-8. Their own suites compare with the engine.
  ).toEqual([renpy.name]);
  expect(new Set(formats.map(({ name }) => name)).size).toBe(formats.length);
});

describe.each(formatCases.map((one) => [one.name, one] as const))('%s', (_, one) => {
  const { format, path } = one;
  const normalize = one.normalize ?? same;
  const read = (bytes: Uint8Array, options = one.options) => format.read(bytes, path, options);
  const write = (bytes: Uint8Array, targets: [string, string][] = [], options = one.options) =>
    format.write(bytes, path, new Map(targets), options);

  it('finds the units of its sample file', () => {
    expect(read(utf8.encode(one.text)).units).toEqual(one.units);
  });

  it('recognises its sample file by path and content', () => {
    expect(format.detect(path, utf8.encode(one.text))).toBeGreaterThanOrEqual(0.3);
    expect(format.detect('picture.png', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0]))).toBe(0);
  });

  describe.each(spellings(one).map((spelling) => [spelling.title, spelling] as const))(
    '%s',
    (__, spelling) => {
      const { bytes, options } = spelling;
      const file = read(bytes, options);

      it('reads the same units as in UTF-8', () => {
        expect(file.units.map(({ key, source }) => [key, source])).toEqual(
          one.units.map(({ key, source }) => [key, source]),
        );
      });

      it('returns the input byte for byte if nothing is translated', () => {
        const written = write(bytes, [], options);
        expect(Buffer.compare(written.bytes, bytes)).toBe(0);
        expect(written.problems).toEqual([]);
      });

      it('reads back every translation, and changes nothing outside of the spans', () => {
        const targets = file.units.map(({ key, source }): [string, string] => [key, `~${source}`]);
        const written = write(bytes, targets, options);
        expect(written.problems).toEqual([]);
        const again = read(written.bytes, options);
        expect(again.units.map(({ key }) => key)).toEqual(file.units.map(({ key }) => key));
        expect(again.units.map(valueOf)).toEqual(targets.map(([, target]) => target));
        expect(again.encoding).toEqual(file.encoding);
        expectOutsideUnchanged(bytes, file, written.bytes);
      });

      it.each(one.units.map(({ key }) => key))('writes %j into its own span only', (key) => {
        const written = write(bytes, [[key, '~7']], options);
        expect(written.problems).toEqual([]);
        const again = read(written.bytes, options);
        const expected = file.units.map((unit) => [unit.key, unit.key === key ? '~7' : valueOf(unit)]);
        const actual = again.units.map((unit) => [unit.key, normalize(valueOf(unit) ?? '')]);
        expect(actual).toEqual(expected.map(([name, value]) => [name, normalize(value ?? '')]));
      });
    },
  );

  it('has unique keys, and spans in order without overlap', () => {
    const { units, spans } = read(utf8.encode(one.text));
    expect(new Set(units.map(({ key }) => key)).size).toBe(units.length);
    let at = 0;
    for (const { from, to } of spans) {
      expect(from).toBeGreaterThanOrEqual(at);
      expect(to).toBeGreaterThanOrEqual(from);
      at = to;
    }
  });

  it('keeps the keys when unrelated text is inserted', () => {
    const { before, lines, shifts } = one.insertion;
    const at = one.text.lastIndexOf(before);
    expect(at).toBeGreaterThan(0);
    const edited = one.text.slice(0, at) + lines + one.text.slice(at);
    const bySource = new Map(read(utf8.encode(edited)).units.map(({ key, source }) => [key, source]));
    const moved = one.units.filter(({ key, source }) => bySource.get(key) !== source).map(({ key }) => key);
    expect(bySource.size).toBeGreaterThan(one.units.length);
    if (shifts === true) expect(moved.length).toBeLessThan(one.units.length);
    else expect(moved).toEqual([]);
  });

  it('names the unit and the character that the encoding lacks, and keeps its text', () => {
    const encoding = one.encodings[0] ?? 'iso-8859-1';
    const options = { ...one.options, encoding };
    const bytes = encode(one.text, encoding);
    const [first, second] = read(bytes, options).units;
    if (first === undefined || second === undefined) throw new Error('The fixture needs two units.');
    const written = write(
      bytes,
      [
        [first.key, 'a 😀'],
        [second.key, 'ok'],
      ],
      options,
    );
    expect(written.problems).toEqual([
      {
        key: first.key,
        code: 'unencodable',
        message: expect.stringContaining('😀'),
        letter: { text: '😀', encoding: expect.any(String) },
      },
    ]);
    const again = read(written.bytes, options).units;
    expect(valueOf(again[0])).toBe(valueOf(first));
    expect(normalize(valueOf(again[1]) ?? '')).toBe('ok');
  });

  it('names a key that the file lacks', () => {
    const bytes = utf8.encode(one.text);
    const written = write(bytes, [['no such key', 'x']]);
    expect(written.problems).toEqual([
      { key: 'no such key', code: 'missing_unit', message: expect.any(String) },
    ]);
    expect(Buffer.compare(written.bytes, bytes)).toBe(0);
  });

  it.each(one.broken.map(({ text, line }) => [text.slice(0, 60), text, line] as const))(
    'refuses %j with its line',
    (___, text, line) => {
      const attempt = () => read(utf8.encode(text));
      expect(attempt).toThrow(FormatError);
      try {
        attempt();
      } catch (error) {
        expect((error as FormatError).line).toBe(line);
      }
    },
  );

  it('refuses a NUL character with its line, in a chosen encoding and after a byte order mark', () => {
    const text = `${one.text}\n\0\n`;
    const line = text.split('\n').length - 1;
    const inSetEncoding = () => read(utf8.encode(text), { ...one.options, encoding: 'utf8' });
    const inMarkedEncoding = () => read(encode(text, 'utf16le', true));
    for (const run of [inSetEncoding, inMarkedEncoding]) {
      expect(run).toThrow(expect.objectContaining({ name: 'FormatError', line }));
    }
  });

  it('throws only FormatError, with a line where possible, for truncated, binary and random files', () => {
    const whole = utf8.encode(one.text);
    const hostile = fc.oneof(
      fc.nat({ max: whole.length }).map((length) => whole.subarray(0, length)),
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 100 }).map((text) => utf8.encode(text)),
      fc.tuple(fc.nat({ max: whole.length }), fc.uint8Array({ maxLength: 4 })).map(([at, junk]) => {
        return Uint8Array.from([...whole.subarray(0, at), ...junk, ...whole.subarray(at)]);
      }),
    );
    fc.assert(
      fc.property(hostile, (bytes) => {
        for (const run of [() => read(bytes), () => write(bytes, [['x', 'y']]), () => read(bytes, {})]) {
          try {
            run();
          } catch (error) {
            if (!(error instanceof FormatError)) throw error;
          }
        }
      }),
      { numRuns: 80 },
    );
  });

  it('reads a line of two million characters', () => {
    for (const text of [
      'x'.repeat(2_000_000),
      '['.repeat(2_000_000),
      '"'.repeat(2_000_001),
      '\\'.repeat(2_000_000),
    ]) {
      const started = performance.now();
      try {
        read(utf8.encode(text));
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
      expect(performance.now() - started).toBeLessThan(5_000);
    }
  });

  it('preserves every byte of generated files, and writes each translation into its span', () => {
    const targetText = fc
      .array(
        fc.constantFrom(
          'a',
          'Ж',
          '漢',
          '😀',
          '=',
          '\\',
          '"',
          "'",
          '[',
          ']',
          '{',
          '}',
          ';',
          '#',
          ',',
          '/',
          '%',
          '|',
          ':',
          ' ',
          '\n',
          '-->',
          '@',
          '*',
          '$',
        ),
        { minLength: 1, maxLength: 8 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(one.files, fc.array(targetText, { minLength: 1, maxLength: 6 }), (text, texts) => {
        const bytes = utf8.encode(text);
        let file: ReadFile;
        try {
          file = read(bytes);
        } catch (error) {
          if (error instanceof FormatError) return;
          throw error;
        }
        expect(Buffer.compare(write(bytes).bytes, bytes)).toBe(0);
        const targets = file.units
          .map(({ key }, index): [string, string] => [key, texts[index % texts.length] ?? ''])
          .filter((_____, index) => index % 3 !== 2);
        const written = write(bytes, targets);
        const refused = new Set(written.problems.map(({ key }) => key));
        const wanted = new Map(targets.filter(([key]) => !refused.has(key)));
        const again = read(written.bytes);
        const isNoUnitNow = ({ key }: Unit) => one.dropsUnit?.(key, wanted.get(key) ?? '') === true;
        const expected = file.units
          .filter((unit) => !isNoUnitNow(unit))
          .map((unit) => [unit.key, normalize(wanted.get(unit.key) ?? valueOf(unit) ?? '')]);
        expect(again.units.map((unit) => [unit.key, normalize(valueOf(unit) ?? '')])).toEqual(expected);
        expectOutsideUnchanged(bytes, file, written.bytes);
      }),
      { numRuns: 150 },
    );
  });
});

/** Expects that the written file has all bytes outside of the spans, in order. */
function expectOutsideUnchanged(bytes: Uint8Array, file: ReadFile, output: Uint8Array): void {
  const [before, after] = [Buffer.from(bytes), Buffer.from(output)];
  let at = 0;
  let from = 0;
  for (const [index, span] of [...file.spans, { from: bytes.length, to: 0 }].entries()) {
    const piece = before.subarray(from, span.from);
    const isLast = index === file.spans.length;
    const position = index === 0 ? 0 : isLast ? after.length - piece.length : after.indexOf(piece, at);
    expect(position).toBeGreaterThanOrEqual(at);
    const written = after.subarray(position, position + piece.length);
    expect(written.toString('latin1')).toBe(piece.toString('latin1'));
    at = position + piece.length;
    from = span.to;
  }
}
