import { readMark } from './byte-order-mark.ts';
import { encodeText } from './encode-text.ts';
import { tryDecode } from './strict-decode.ts';
import { scoreText, type Language } from './score-text.ts';

/** `set`: the user's choice. `guess`: show it to the user, another encoding fits nearly as well. */
export type Confidence = 'set' | 'certain' | 'likely' | 'guess';

export interface RankedEncoding {
  name: string;
  confidence: Confidence;
}

// In the order that decides a draw.
const candidates: readonly [name: string, language: Language][] = [
  ['shift_jis', 'ja'],
  ['gbk', 'zhHans'],
  ['euc-kr', 'ko'],
  ['big5', 'zhHant'],
  ['euc-jp', 'ja'],
  ['windows-1251', 'cyrillic'],
  ['windows-1252', 'latin'],
  ['utf16le', 'any'],
  ['utf16be', 'any'],
];

// Any even number of bytes is UTF-16, so without a mark it has to look like a text.
const minScores: Partial<Record<Language, number>> = { any: 0.4 };

const sampleBytes = 128 * 1024;

/**
 * The encodings that the bytes may be in, likeliest first: a mark, strict UTF-8, then each candidate that decodes the
 * bytes and encodes the text back without loss, by how usual the letters are for its language. A library that looks at
 * byte frequencies (`chardet`) takes a short line of Shift_JIS for windows-1252.
 * @param isHead the bytes are the beginning of a longer file: a character cut in two at their end is no fault
 */
export function rankEncodings(bytes: Uint8Array, isHead = false): RankedEncoding[] {
  const mark = readMark(bytes);
  if (mark !== null) return [{ name: mark.name, confidence: 'certain' }];
  const sample = takeSample(bytes);
  const isCut = isHead || sample.length < bytes.length;
  const utf8 = bytes.includes(0) ? null : decodeSample(sample, 'utf8', isCut);
  if (utf8 === null) return rankByLetters(sample, isCut);
  // More than a few letters are not UTF-8 by chance: asking nine other encodings would take longer than reading the file.
  // Where a long file is broken further on, UTF-8's own complaint names the line.
  if (onlyAscii.test(utf8) || (!strange.test(utf8) && !fewLetters.test(utf8)))
    return [{ name: 'utf8', confidence: 'certain' }];
  const others = rankByLetters(sample, isCut);
  // 什么 in GBK is valid UTF-8 by chance, for ʲô: letters of phonetics say that it is not what was meant.
  const isChance =
    strange.test(utf8) && others[0]?.confidence === 'likely' && others[0].name !== 'windows-1252';
  const isFew = others[0]?.confidence === 'likely' && fewLetters.test(utf8);
  const rank: RankedEncoding = {
    name: 'utf8',
    confidence: isChance ? 'guess' : isFew ? 'likely' : 'certain',
  };
  return isChance ? [...others, rank] : [rank, ...others];
}

// One or two two-byte sequences: 谢谢 in GBK is лл.
const fewLetters = /^[\0-\x7f]*[\x80-\u07ff][\0-\x7f]*[\x80-\u07ff]?[\0-\x7f]*$/;
const onlyAscii = /^[\0-\x7f]*$/;
// Phonetic letters, marks by themselves, Syriac to N'Ko; and nothing above, which chance does not make.
const strange = /^(?=.*[\u0250-\u036f\u0500-\u058f\u0700-\u07ff])[\0-\u07ff]{1,12}$/s;

/** From the first letter beyond ASCII on: what comes before it says nothing. UTF-16 shows its zero bytes at once. */
function takeSample(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= sampleBytes) return bytes;
  const first = bytes.subarray(0, sampleBytes).includes(0) ? 0 : bytes.findIndex((byte) => byte >= 0x80);
  return bytes.subarray(Math.max(0, first), Math.max(0, first) + sampleBytes);
}

function rankByLetters(sample: Uint8Array, isCut: boolean): RankedEncoding[] {
  const scored: { name: string; score: number }[] = [];
  for (const [name, language] of candidates) {
    const text = decodeSample(sample, name, isCut);
    if (text === null) continue;
    const score = scoreText(text, language);
    if (score !== null && score >= (minScores[language] ?? -0.3))
      scored.push({ name, score: score - loss(text, name, sample) });
  }
  scored.sort((one, other) => other.score - one.score);
  return scored.map(({ name, score }, index) => {
    const margin = score - (scored[index + 1]?.score ?? -1);
    return { name, confidence: index === 0 && score >= 0.5 && margin >= 0.15 ? 'likely' : 'guess' };
  });
}

/** A sample that ends within a character may lose up to its last three bytes. */
function decodeSample(sample: Uint8Array, name: string, isCut: boolean): string | null {
  for (let less = 0; less <= (isCut ? 3 : 0); less += 1) {
    const text = tryDecode(less === 0 ? sample : sample.subarray(0, -less), name);
    if (text !== null) return text;
  }
  return null;
}

/**
 * 0 where the text encodes back to the very bytes. Some code pages have a character twice (CP932's NEC and IBM rows),
 * so bytes that come back different in value but not in number only count against a candidate.
 */
function loss(text: string, name: string, sample: Uint8Array): number {
  const encoded = encodeText(text, name);
  if ('unencodable' in encoded) return 1;
  const { bytes } = encoded;
  let different = Math.abs(bytes.length - sample.length) > 3 ? sample.length : 0;
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] !== sample[at]) different += 1;
  return Math.min(1, (2 * different) / Math.max(1, sample.length));
}
