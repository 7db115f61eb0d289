/**
 * The token in a URL's fragment (`#token=…`), or null. Characters outside base64url and `.~` are rejected.
 */
export function tokenInFragment(fragment: string): string | null {
  const found = new URLSearchParams(fragment.replace(/^#/, '')).get('token');
  return found !== null && /^[\w.~-]{1,512}$/.test(found) ? found : null;
}
