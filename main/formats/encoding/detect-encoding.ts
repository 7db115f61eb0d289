import { readMark } from './byte-order-mark.ts';
import { encodeText } from './encode-text.ts';
import { tryDecode } from './strict-decode.ts';
import { scoreText, type Language } from './score-text.ts';

/** `set`: the user's choice. `guess`: another encoding fits nearly as well, so the user should check. */
export type Confidence = 'set' | 'certain' | 'likely' | 'guess';

export interface RankedEncoding {
  name: string;
  confidence: Confidence;
}

// If two have the same score, the first one ranks higher.
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

// Nearly any even number of bytes is valid UTF-16, so without a mark it needs a higher score.
const minScores: Partial<Record<Language, number>> = { any: 0.4 };

const sampleBytes = 128 * 1024;

/**
 * The possible encodings, most likely first: a byte order mark, strict UTF-8, then the other candidates. These rank by
 * how common the decoded letters are in their language, less a penalty for bytes that do not encode back unchanged.
 * Libraries that use byte frequencies (`chardet`) detect a short line of Shift_JIS as windows-1252.
 * @param isHead the bytes are the beginning of a longer file, so the last character may be incomplete
 */
export function rankEncodings(bytes: Uint8Array, isHead = false): RankedEncoding[] {
  const mark = readMark(bytes);
  if (mark !== null) return [{ name: mark.name, confidence: 'certain' }];
  const sample = takeSample(bytes);
  const isCut = isHead || sample.length < bytes.length;
  const utf8 = bytes.includes(0) ? null : decodeSample(sample, 'utf8', isCut);
  if (utf8 === null) return rankByLetters(sample, isCut);
  // More than a few letters are never valid UTF-8 by chance, and scoring nine encodings is slower than reading the file.
  // If a long file is invalid after the sample, the error for UTF-8 names the line.
  if (onlyAscii.test(utf8) || (!strange.test(utf8) && !fewLetters.test(utf8)))
    return [{ name: 'utf8', confidence: 'certain' }];
  const others = rankByLetters(sample, isCut);
  // 什么 in GBK happens to be valid UTF-8: ʲô. Phonetic letters show that UTF-8 is wrong.
  const isChance =
    strange.test(utf8) && others[0]?.confidence === 'likely' && others[0].name !== 'windows-1252';
  const isFew = others[0]?.confidence === 'likely' && fewLetters.test(utf8);
  const rank: RankedEncoding = {
    name: 'utf8',
    confidence: isChance ? 'guess' : isFew ? 'likely' : 'certain',
  };
  return isChance ? [...others, rank] : [rank, ...others];
}

// One or two two-byte sequences. Example: 谢谢 in GBK is лл in UTF-8.
const fewLetters = /^[\0-\x7f]*[\x80-\u07ff][\0-\x7f]*[\x80-\u07ff]?[\0-\x7f]*$/;
const onlyAscii = /^[\0-\x7f]*$/;
// Phonetic letters, combining marks, Armenian, Syriac to N'Ko. No three-byte sequence: these are not valid by chance.
const strange = /^(?=.*[\u0250-\u036f\u0500-\u058f\u0700-\u07ff])[\0-\u07ff]{1,12}$/s;

/** A sample from the first byte beyond ASCII on, since ASCII does not tell encodings apart. UTF-16 has zero bytes. */
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
      scored.push({ name, score: score - roundTripLoss(text, name, sample) });
  }
  scored.sort((one, other) => other.score - one.score);
  return scored.map(({ name, score }, index) => {
    const margin = score - (scored[index + 1]?.score ?? -1);
    return { name, confidence: index === 0 && score >= 0.5 && margin >= 0.15 ? 'likely' : 'guess' };
  });
}

/** Drops up to three bytes at the end of a cut sample, since its last character may be incomplete. */
function decodeSample(sample: Uint8Array, name: string, isCut: boolean): string | null {
  for (let dropped = 0; dropped <= (isCut ? 3 : 0); dropped += 1) {
    const text = tryDecode(dropped === 0 ? sample : sample.subarray(0, -dropped), name);
    if (text !== null) return text;
  }
  return null;
}

/**
 * The penalty for bytes that change when the text is encoded again: 0 if all stay, at most 1. Some code pages have two
 * codes for a character (CP932's NEC and IBM rows), so a few changed bytes do not exclude a candidate.
 */
function roundTripLoss(text: string, name: string, sample: Uint8Array): number {
  const encoded = encodeText(text, name);
  if ('unencodable' in encoded) return 1;
  const { bytes } = encoded;
  let different = Math.abs(bytes.length - sample.length) > 3 ? sample.length : 0;
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] !== sample[at]) different += 1;
  return Math.min(1, (2 * different) / Math.max(1, sample.length));
}
