import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { missingCharacters } from './font-coverage.ts';

/** A font with only a character map. */
function font(platform: number, encoding: number, subtable: number[]): Uint8Array {
  const word = (value: number) => [(value >> 8) & 0xff, value & 0xff];
  const long = (value: number) => [...word(value >>> 16), ...word(value & 0xffff)];
  const cmap = [
    ...word(0),
    ...word(1),
    ...word(platform),
    ...word(encoding),
    ...long(12),
    ...subtable.flatMap(word),
  ];
  const record = [...Buffer.from('cmap'), ...long(0), ...long(28), ...long(cmap.length)];
  return Uint8Array.from([
    ...long(0x00010000),
    ...word(1),
    ...word(0),
    ...word(0),
    ...word(0),
    ...record,
    ...cmap,
  ]);
}

/** Format 4: a delta segment for A to C, a segment of glyph numbers for E and F (F's is 0), and the end segment. */
const FORMAT_4 = [4, 0, 0, 6, 0, 0, 0, 0x43, 0x46, 0xffff, 0, 0x41, 0x45, 0xffff, 0, 0, 1, 0, 4, 0, 9, 0];
/** Format 12: U+1F600 to U+1F602, with glyphs from 5. */
const FORMAT_12 = [12, 0, 0, 28, 0, 0, 0, 1, 1, 0xf600, 1, 0xf602, 0, 5];
const FORMAT_6 = [6, 0, 0, 0x61, 3, 1, 0, 2];

describe('characters that a font lacks', () => {
  it('are found in each kind of character map', () => {
    expect(missingCharacters(font(3, 1, FORMAT_4), ['ABCDEF'])).toEqual(['D', 'F']);
    expect(missingCharacters(font(3, 10, FORMAT_12), ['😀😂😃'])).toEqual(['😃']);
    expect(missingCharacters(font(0, 3, FORMAT_6), ['abcd'])).toEqual(['b', 'd']);
  });

  it('are listed once, in the order of the texts', () => {
    expect(missingCharacters(font(3, 1, FORMAT_4), ['AZ', 'YZA'])).toEqual(['Z', 'Y']);
  });

  it('are not reported for tags, interpolations, white space and joiners', () => {
    const texts = ['{b}A{/b}{font=x.ttf} [name!t] [a[0]] %(x)s', 'B\u00a0\n\u200d\ufe0fC'];
    expect(missingCharacters(font(3, 1, FORMAT_4), texts)).toEqual([]);
    expect(missingCharacters(font(3, 1, FORMAT_4), ['{{A [[B %%'])).toEqual(['{', '[', '%']);
  });

  it('are unknown for files that are not fonts or are truncated', () => {
    expect(missingCharacters(Uint8Array.of(), ['A'])).toBeNull();
    expect(missingCharacters(new TextEncoder().encode('wOF2 and more text to come'), ['A'])).toBeNull();
    const whole = font(3, 1, FORMAT_4);
    for (let length = 0; length < whole.length - 2; length += 1) {
      expect(() => missingCharacters(whole.subarray(0, length), ['A'])).not.toThrow();
    }
    expect(missingCharacters(font(1, 0, FORMAT_6), ['A'])).toBeNull();
  });

  const installed = fontsOf('/usr/share/fonts');
  const query = ready('fc-query');
  const reason =
    installed.length === 0 ? 'no fonts are installed' : query ? null : 'fc-query is not installed';
  if (reason !== null) console.log(`Skipped: ${reason}.`);

  it.skipIf(reason !== null)('are those that fontconfig names for installed fonts', () => {
    for (const file of installed.slice(0, 12)) {
      const known = new Set<number>();
      const charset = execFileSync('fc-query', ['--index=0', '--format=%{charset}', file], {
        encoding: 'utf8',
      });
      for (const range of charset.split(' ')) {
        const [from = '', to = from] = range.split('-');
        for (let code = Number.parseInt(from, 16); code <= Number.parseInt(to, 16); code += 1)
          known.add(code);
      }
      const letters = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code + 0x21)).filter(
        (char) => !/[\p{Cc}\p{Cf}\p{White_Space}\p{Variation_Selector}{}[\]%]/u.test(char),
      );
      const missing = new Set(missingCharacters(readFileSync(file), letters));
      const differ = letters.filter((char) => missing.has(char) === known.has(char.codePointAt(0)!));
      expect(differ, file).toEqual([]);
    }
  });
});

function fontsOf(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ttf|otf|ttc)$/u.test(name))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function ready(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
