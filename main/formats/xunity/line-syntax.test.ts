import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText, splitLine } from './line-syntax.ts';

describe('splitLine', () => {
  it.each([
    ['a=b', 'a', 'b'],
    ['a=', 'a', ''],
    ['a\\=b=c', 'a=b', 'c'],
    ['a\\nb=c\\rd', 'a\nb', 'c\rd'],
    ['\\u3042=\\u0041', 'あ', 'A'],
    ['C:\\\\x=D:\\y', 'C:\\x', 'D:\\y'],
    ['a%3Db=c%3d', 'a=b', 'c%3d'],
    ['a=b//c', 'a', 'b'],
    ['a=b/c', 'a', 'b/c'],
    ['a=b\\', 'a', 'b'],
  ])('reads %j as %j and %j', (line, source, value) => {
    expect(splitLine(line)).toMatchObject({ source, value });
  });

  it.each(['', 'abc', 'a=b=c', '// a=b', 'a//=b', 'a=\\u12'])('finds no pair in %j', (line) => {
    expect(splitLine(line)).toBe(null);
  });

  it('reads back a text that escapeText wrote, also before a comment', () => {
    const text = fc
      .array(fc.constantFrom('a', '=', '\\', 'n', 'u', '/', '%3D', '%', '\n', '\r', 'あ', ' '), {
        maxLength: 12,
      })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, fc.constantFrom('', '//', '// = c'), (source, value, comment) => {
        expect(splitLine(`${escapeText(source)}=${escapeText(value)}${comment}`)).toMatchObject({
          source,
          value,
        });
      }),
      { numRuns: 1000 },
    );
  });
});
