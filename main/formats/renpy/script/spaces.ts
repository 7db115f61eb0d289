/** The white space of Python's `\s`, for a character class. JavaScript's `\s` differs. */
export const SPACES = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

const ENDS = new RegExp(`^[${SPACES}]+|[${SPACES}]+$`, 'gu');

/** The first underscore of a name that some version of the engine would read as a private name, and change. */
export const PRIVATE_START = /(?<![\p{L}\p{N}_])_(?=_[\p{L}\p{N}])|(?<=\[)_(?=__)/gu;

/** Python's `str.strip()`. */
export function strip(text: string): string {
  return text.replace(ENDS, '');
}

export function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 9 && code <= 13) || (code >= 0x1c && code <= 0x1f);
  if (code < 0x2000) return code === 0xa0 || code === 0x85 || code === 0x1680;
  return (
    code <= 0x200a ||
    code === 0x3000 ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f
  );
}
