/**
 * Whether a player may read this string: it has a space or a letter beyond ASCII, or begins like a sentence. Names of
 * settings and files do not (`main`, `fileName`, `js/plugins.js`).
 */
export function looksLikeText(value: string): boolean {
  if (/^(?:[\w.-]+\/)*[\w-]+\.\w{1,5}$/.test(value)) return false;
  return /\s|[^\0-\x7f]/.test(value) || /^[A-Z"“¿¡(]/.test(value);
}

/** Up to 20 string literals from the beginning of a JSON file. `isKey`: only those before a colon. */
export function firstStrings(head: string, isKey: boolean): string[] {
  const pattern = isKey ? /"((?:[^"\\]|\\.)*)"\s*:/g : /"((?:[^"\\]|\\.)*)"/g;
  const strings: string[] = [];
  for (const [, value] of head.matchAll(pattern)) {
    if (value !== undefined) strings.push(value.replace(/\\u[0-9a-fA-F]{4}/g, '□'));
    if (strings.length === 20) break;
  }
  return strings;
}
