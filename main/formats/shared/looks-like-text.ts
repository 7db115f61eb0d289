/**
 * Whether a string may be something that a player reads: it has a space or a letter beyond ASCII, or begins like a
 * sentence. Names of settings and files (`main`, `fileName`, `js/plugins.js`) do not.
 */
export function looksLikeText(value: string): boolean {
  if (/^(?:[\w.-]+\/)*[\w-]+\.\w{1,5}$/.test(value)) return false;
  return /\s|[^\0-\x7f]/.test(value) || /^[A-Z"“¿¡(]/.test(value);
}

/** The first strings in quotes at a JSON file's beginning; `isKey`: those before a colon. */
export function firstStrings(head: string, isKey: boolean): string[] {
  const pattern = isKey ? /"((?:[^"\\]|\\.)*)"\s*:/g : /"((?:[^"\\]|\\.)*)"/g;
  const found: string[] = [];
  for (const [, value] of head.matchAll(pattern)) {
    if (value !== undefined) found.push(value.replace(/\\u[0-9a-fA-F]{4}/g, '□'));
    if (found.length === 20) break;
  }
  return found;
}
