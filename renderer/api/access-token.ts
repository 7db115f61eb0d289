import { tokenInFragment } from './token-in-fragment.ts';

const storageKey = 'panel-token';

/** Moves the token from the address bar, where history and screenshots would keep it, to this tab's memory. */
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
  // The right address pasted over this page changes only its fragment, which loads nothing by itself.
  window.addEventListener('hashchange', () => keepTokenOfAddress() && window.location.reload());
  return window.sessionStorage.getItem(storageKey);
}

/** Runs before any other module of the panel, or a router could take the token for a path. Null in the desktop window. */
export const accessToken = takeToken();

/** Drops a token that the server refused. */
export function forgetToken(): void {
  window.sessionStorage.removeItem(storageKey);
}
