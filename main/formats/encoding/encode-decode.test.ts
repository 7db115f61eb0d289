import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { byteOffsets, characterLength } from './byte-offsets.ts';
import { decodeText } from './decode-text.ts';
import { EncodingError } from './encoding-error.ts';
import { encodeText } from './encode-text.ts';
import { tryDecode } from './strict-decode.ts';
import { canonicalEncoding, encodingFamily } from './encoding-names.ts';

const encodingNames = [
  'utf8',
  'utf16le',
  'utf16be',
  'shift_jis',
  'euc-jp',
  'gbk',
  'big5',
  'euc-kr',
  'gb18030',
  'windows-1251',
  'windows-1252',
  'windows-1250',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-5',
  'iso-8859-15',
  'koi8-r',
  'koi8-u',
];

const fault = (bytes: Uint8Array, encoding?: string) => {
  try {
    decodeText(bytes, encoding);
  } catch (error) {
    expect(error).toBeInstanceOf(EncodingError);
    return error as EncodingError;
  }
  throw new Error('decoded');
};

describe('decodeText', () => {
  it('removes a byte order mark and reports it', () => {
    const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, 0x61]);
    expect(decodeText(bytes)).toEqual({
      text: 'a',
      encoding: 'utf8',
      byteOrderMark: true,
      confidence: 'certain',
    });
    const wide = Uint8Array.from([0xfe, 0xff, 0x30, 0x42]);
    expect(decodeText(wide)).toMatchObject({ text: 'あ', encoding: 'utf16be', byteOrderMark: true });
  });

  it('names the line and byte that are invalid', () => {
    const bytes = Uint8Array.from([0x61, 0x0d, 0x0a, 0x62, 0xc3, 0x28]);
    expect(fault(bytes, 'utf8')).toMatchObject({ line: 2, byte: 4 });
    expect(fault(Uint8Array.from([0x82, 0xa0, 0x0a, 0x82]), 'sjis')).toMatchObject({ line: 2, byte: 3 });
    expect(fault(Uint8Array.from([0x0a, 0x0a, 0x98]), 'cp1251')).toMatchObject({ line: 3, byte: 2 });
    expect(fault(Uint8Array.from([0x61, 0, 0, 0xd8, 0x62, 0]), 'utf16le')).toMatchObject({
      line: 1,
      byte: 2,
    });
    expect(fault(Uint8Array.from([0x61, 0, 0x62]), 'utf16le')).toMatchObject({ byte: 2 });
  });

  it('accepts U+FFFD that is part of the file', () => {
    const bytes = new TextEncoder().encode('a\ufffdb');
    expect(decodeText(bytes).text).toBe('a\ufffdb');
    expect(fault(Uint8Array.from([...bytes, 0xff]), 'utf8')).toMatchObject({ byte: 5 });
  });

  it('refuses UTF-32, an unknown name and invalid bytes', () => {
    expect(fault(Uint8Array.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0])).message).toContain('UTF-32');
    expect(fault(Uint8Array.from([0x61]), 'klingon').message).toContain('klingon');
    expect(fault(Uint8Array.from([0, 1, 2, 0xff, 0xd8, 0xff, 0, 0x1a, 7]))).toBeInstanceOf(EncodingError);
  });

  it('finds the first invalid character of a long file, wherever it is', () => {
    const bytes = iconv.encode(`${'; comment\r\n'.repeat(30_000)}「起きた。」\r\n`, 'shift_jis');
    expect(decodeText(bytes)).toMatchObject({ encoding: 'shift_jis' });
  });

  it('throws only EncodingError', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 64 }),
        fc.option(fc.constantFrom(...encodingNames)),
        (bytes, name) => {
          try {
            const decoded = decodeText(bytes, name ?? undefined);
            expect(encodeText(decoded.text, decoded.encoding)).not.toHaveProperty('thrown');
          } catch (error) {
            if (!(error instanceof EncodingError)) throw error;
          }
        },
      ),
    );
  });
});

describe('byteOffsets', () => {
  const doubleByte = ['shift_jis', 'euc-jp', 'gbk', 'big5', 'euc-kr', 'gb18030'];

  it.each(doubleByte)('agree with the decoder on every character of %s', (name) => {
    const family = encodingFamily(name);
    for (let lead = 0x80; lead <= 0xff; lead += 1) {
      for (let trail = 0x30; trail <= 0xff; trail += 1) {
        for (const bytes of [
          [lead],
          [lead, trail],
          [lead, trail, 0xa1 + (trail % 94)],
          [lead, trail, 0x81 + (trail % 4), 0x30 + (trail % 10)],
        ]) {
          const character = Uint8Array.from(bytes);
          const text = tryDecode(character, name);
          if (text === null || characterLength(character, 0, family) !== bytes.length) continue;
          const around = Uint8Array.from([0x61, ...bytes, 0x62]);
          expect(byteOffsets(around, `a${text}b`, name, [1, 1 + text.length])).toEqual([1, 1 + bytes.length]);
        }
      }
    }
  });

  it.each([...encodingNames])('map each offset of a text in %s', (name) => {
    const text = [...'aあ漢字ｱ한글語Жé„…\r\nb𠮟😀']
      .filter((letter) => 'bytes' in encodeText(letter, name))
      .join('');
    const encoded = encodeText(text, name);
    if ('unencodable' in encoded) throw new Error(encoded.unencodable);
    const boundaries = [...text].reduce<number[]>(
      (all, letter) => [...all, (all.at(-1) ?? 0) + letter.length],
      [0],
    );
    const expected = boundaries.map(
      (offset) => iconv.encode(text.slice(0, offset), name, { addBOM: false }).length + 3,
    );
    const shifted = Uint8Array.from([0, 0, 0, ...encoded.bytes]);
    expect(byteOffsets(shifted, text, name, boundaries, 3)).toEqual(expected);
  });
});

describe('encodeText', () => {
  it('names a character that the encoding lacks, instead of writing a question mark', () => {
    expect(encodeText('これは 谢谢', 'shift_jis')).toEqual({ unencodable: '谢' });
    expect(encodeText('café', 'windows-1251')).toEqual({ unencodable: 'é' });
    expect(encodeText('😀', 'gbk')).toEqual({ unencodable: '😀' });
    expect(encodeText('a\ud800', 'utf8')).toEqual({ unencodable: '\ud800' });
    expect(encodeText('a\ud800', 'utf16le')).toEqual({ unencodable: '\ud800' });
    expect(encodeText('Why?', 'shift_jis')).toEqual({ bytes: expect.any(Uint8Array) });
  });

  it('adds no byte order mark', () => {
    for (const name of ['utf8', 'utf16le', 'utf16be']) {
      const encoded = encodeText('a', name);
      expect('bytes' in encoded && encoded.bytes.length).toBe(name === 'utf8' ? 1 : 2);
    }
  });
});

describe('canonicalEncoding', () => {
  it.each([
    ['SJIS', 'shift_jis'],
    ['Shift-JIS', 'shift_jis'],
    ['CP932', 'shift_jis'],
    ['UTF-8', 'utf8'],
    ['utf-16le', 'utf16le'],
    ['GB2312', 'gbk'],
    ['Windows-1252', 'windows-1252'],
    ['cp1251', 'windows-1251'],
    ['ISO-8859-15', 'iso-8859-15'],
    ['latin1', 'iso-8859-1'],
  ])('reads %s as %s', (name, expected) => {
    expect(canonicalEncoding(name)).toBe(expected);
  });

  it('knows only encodings of iconv-lite', () => {
    expect(encodingNames.filter((name) => !iconv.encodingExists(name))).toEqual([]);
    expect(encodingNames.map((name) => canonicalEncoding(name))).toEqual([...encodingNames]);
    expect(canonicalEncoding('utf-7')).toBe(null);
  });
});
