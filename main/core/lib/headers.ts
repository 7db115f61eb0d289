/** Why a header cannot be sent as it is, without quoting its value; null if it can. */
export function headerProblem(name: string, value: string): string | null {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return 'is not a header name';
  if (/[\r\n\0]/.test(value)) return 'has a line break in its value';
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) return 'has characters beyond Latin-1 in its value';
  return null;
}
