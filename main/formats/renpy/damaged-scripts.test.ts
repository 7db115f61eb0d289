import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../define.ts';
import { collectFiles } from './__fixtures__/collect-files.ts';
import { bytesOf, readText, unitsOf } from './__fixtures__/read-units.ts';
import { renpy } from './format.ts';

const folder = join(import.meta.dirname, '__fixtures__/tricky');
const names = (await readdir(folder, { recursive: true })).filter((name) => /\.rpym?$/u.test(name)).sort();
const scripts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));

function lineOf(action: () => unknown): number | null {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return (error as FormatError).line;
  }
  throw new Error('nothing was thrown');
}

describe('damaged scripts', () => {
  it.each([
    ['a tab', 'label a:\n\t"x"\n', 2],
    ['a tab between words', 'label a:\n    e\t"x"\n', 2],
    ['a quote that is never closed', 'label a:\n    "x"\n    e "y\n    "z"\n', 3],
    ['triple quotes that are never closed', 'label a:\n    e """\n    x\n', 2],
    ['a bracket that is never closed', 'label a:\n    e "x" (a\n    "z"\n', 2],
    ['a text longer than the engine’s limit', `label a:\n    "${'x'.repeat(70_000)}"\n`, 2],
    ['indentation that matches no line above', 'label a:\n        "x"\n    "y"\n', 3],
    ['indentation at the start', '    "x"\n', 1],
    ['a block that is too deep', Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}x:`).join('\n'), 201],
  ])('are refused for %s, with the line', (_name, script, line) => {
    expect(lineOf(() => readText(script))).toBe(line);
  });

  it('are refused if they are not UTF-8, with the line', () => {
    const bytes = Uint8Array.of(...bytesOf('label a:\n    "'), 0x82, 0xa0, ...bytesOf('"\n'));
    expect(lineOf(() => renpy.read(bytes, 'game/script.rpy'))).toBe(2);
    const wide = Uint8Array.of(0xff, 0xfe, 0x6c, 0x00);
    expect(lineOf(() => renpy.read(wide, 'game/script.rpy'))).toBe(1);
  });

  it('are refused if they are compiled or packed, without a line', () => {
    expect(lineOf(() => renpy.read(bytesOf('RENPY RPC2'), 'game/script.rpyc'))).toBeNull();
    expect(renpy.detect('game/script.rpyc', bytesOf(''))).toBe(0);
    expect(renpy.detect('game/script.rpy', bytesOf(''))).toBe(1);
  });

  it('lose one unreadable statement, with a warning', () => {
    const script =
      'label a:\n    "One."\n    e "Two." with\n    nvl "x"\n    "Three."\n    else:\n        "x"\n    "Four."\n';
    const { units, warnings } = readText(script);
    expect(units.map(({ source }) => source)).toEqual(['One.', 'Three.', 'x', 'Four.']);
    expect(warnings).toHaveLength(2);
  });

  it('may have a tab in quotes and comments', () => {
    expect(unitsOf('label a:\n    "x\ty" # \t\n')[0]!.source).toBe('x y');
  });

  it('that are empty have no units', () => {
    for (const text of ['', '\ufeff', '\n', '\r\n', '# only a comment', '\ufeff\n\n  \n']) {
      expect(readText(text)).toMatchObject({ units: [], spans: [], warnings: [] });
    }
  });

  it('are read or refused with a line after random damage, and stay unchanged without translations', () => {
    const cut = fc.tuple(
      fc.nat(),
      fc.nat({ max: 60 }),
      fc.constantFrom(
        '',
        '"',
        "'",
        '"""',
        '\\',
        '(',
        ')',
        ':',
        '\n',
        '    ',
        '\r',
        '#',
        '@',
        'id ',
        '_(',
        'é',
        '{',
        '[__x',
        '\u0000',
        'translate x y:',
        'menu:',
        '=',
        ',',
        '.',
        '-',
        '\u3000',
      ),
    );
    const damaged = fc
      .tuple(fc.constantFrom(...scripts), fc.array(cut, { minLength: 1, maxLength: 4 }))
      .map(([script, cuts]) =>
        cuts.reduce((text, [at, length, put]) => {
          const from = at % (text.length + 1);
          return text.slice(0, from) + put + text.slice(from + length);
        }, script),
      );
    let read = 0;
    fc.assert(
      fc.property(damaged, fc.constantFrom('game/a.rpy', 'game/tl/x/a.rpy'), (text, path) => {
        const bytes = bytesOf(text);
        try {
          const { units, spans } = renpy.read(bytes, path);
          read += 1;
          expect(new Set(units.map(({ key }) => key)).size).toBe(units.length);
          for (const { from, to } of spans) expect(from <= to && to <= bytes.length).toBe(true);
          expect(renpy.write(bytes, path, new Map()).bytes).toEqual(bytes);
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
          expect(error.line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1500 },
    );
    expect(read).toBeGreaterThan(300);
  }, 60_000);

  it('cause only FormatError if their bytes are random', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          renpy.read(bytes, 'game/a.rpy');
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
        expect(() => renpy.survey!([{ path: 'game/a.rpy', bytes }])).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  it('stay unchanged when they are read and written, as do the options', async () => {
    for (const script of scripts) {
      const bytes = bytesOf(script);
      const sources = [{ path: 'game/a.rpy', bytes }];
      const options = Object.freeze({ ...renpy.survey!(sources), targetLanguage: 'x' });
      const before = JSON.stringify(options);
      const { units } = renpy.read(bytes, 'game/a.rpy', options);
      const targets = new Map([['game/a.rpy', new Map(units.map(({ key }) => [key, 'x']))]]);
      await collectFiles(sources, targets, options);
      renpy.write(bytes, 'game/a.rpy', targets.get('game/a.rpy')!, options);
      expect(bytes).toEqual(bytesOf(script));
      expect(JSON.stringify(options)).toBe(before);
      expect(renpy.read(bytes, 'game/a.rpy', options).units).toEqual(units);
    }
  });
});
