/** Encodings with the same rule for the length of a character in bytes. */
export type EncodingFamily =
  | 'utf8'
  | 'utf16le'
  | 'utf16be'
  | 'shift_jis'
  | 'euc-jp'
  | 'two-byte'
  | 'gb18030'
  | 'single-byte';

const families: Record<string, EncodingFamily> = {
  utf8: 'utf8',
  utf16le: 'utf16le',
  utf16be: 'utf16be',
  shift_jis: 'shift_jis',
  'euc-jp': 'euc-jp',
  gbk: 'two-byte',
  big5: 'two-byte',
  'euc-kr': 'two-byte',
  gb18030: 'gb18030',
};

const singleByte = /^(windows-(874|125[0-8])|iso-8859-([1-9]|1[0-1]|1[3-6])|koi8-[ru]|ibm(437|850|852|866))$/;

// Other spellings, reduced to letters and digits.
const aliases: Record<string, string> = {
  utf8: 'utf8',
  unicode: 'utf16le',
  utf16: 'utf16le',
  ucs2: 'utf16le',
  utf16le: 'utf16le',
  utf16be: 'utf16be',
  shiftjis: 'shift_jis',
  sjis: 'shift_jis',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  windows31j: 'shift_jis',
  windows932: 'shift_jis',
  eucjp: 'euc-jp',
  gbk: 'gbk',
  gb2312: 'gbk',
  cp936: 'gbk',
  windows936: 'gbk',
  gb18030: 'gb18030',
  big5: 'big5',
  cp950: 'big5',
  big5hkscs: 'big5',
  euckr: 'euc-kr',
  cp949: 'euc-kr',
  windows949: 'euc-kr',
  latin1: 'iso-8859-1',
  latin2: 'iso-8859-2',
  koi8r: 'koi8-r',
  koi8u: 'koi8-u',
  ascii: 'utf8',
  usascii: 'utf8',
};

/** The spelling that this code uses for an encoding (`SJIS`, `cp932` → `shift_jis`); null if it is not supported. */
export function canonicalEncoding(name: string): string | null {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const alias = aliases[plain];
  if (alias !== undefined) return alias;
  const spelled = plain
    .replace(/^(windows|cp|win)(?=874$|125\d$)/, 'windows-')
    .replace(/^iso8859(\d+)$/, 'iso-8859-$1')
    .replace(/^(cp|ibm)(?=437$|850$|852$|866$)/, 'ibm');
  return singleByte.test(spelled) ? spelled : null;
}

/** @param name in the spelling of `canonicalEncoding` */
export function encodingFamily(name: string): EncodingFamily {
  return families[name] ?? 'single-byte';
}
