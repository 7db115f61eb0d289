import { tokenInFragment } from './token-in-fragment.ts';

const storageKey = 'panel-token';

/**
 * Moves the token from the address bar, where history and screenshots would expose it, to this tab's memory.
 */
function keepTokenOfAddress(): boolean {
  const token = tokenInFragment(window.location.hash);
  if (token === null) return false;
  window.history.replaceState(null, '', window.location.pathname + window.location.search);
  window.sessionStorage.setItem(storageKey, token);
  return true;
}

function takeToken(): string | null {
  if (window.panel) return null;
  keepTokenOfAddress();
  // Pasting the right address over this page changes only its fragment, which does not reload the page.
  window.addEventListener('hashchange', () => keepTokenOfAddress() && window.location.reload());
  return window.sessionStorage.getItem(storageKey);
}

/**
 * Runs before any other module of the panel, because a router could interpret the token as a path. Null in
 * the desktop window.
 */
export const accessToken = takeToken();

/** Removes a token that the server refused. */
export function forgetToken(): void {
  window.sessionStorage.removeItem(storageKey);
}
