/** True for addresses that only this machine can reach. */
export function isLoopbackHost(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

export const shortestToken = 16;

/** The token in the environment, if it is usable. */
export function tokenIn(env: Readonly<Record<string, string | undefined>>): string | null {
  const token = env['COMFYVN_LLM_TOKEN']?.trim() ?? '';
  return token.length >= shortestToken ? token : null;
}

/** Splits a variable that contains several names. */
export function listIn(text: string | undefined): string[] {
  return (text ?? '')
    .split(/[\s,]+/)
    .map((item) => item.trim().toLowerCase())
    .filter(Boolean);
}

/** Normalizes an origin to the form that browsers send. */
export function asOrigin(text: string): string {
  return text.trim().toLowerCase().replace(/\/$/, '');
}

/**
 * Why a text is not an origin; null if it is one. `null` is rejected, because any page without an origin
 * sends it.
 */
export function originProblem(text: string): string | null {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/\s*]+$/.test(asOrigin(text))
    ? null
    : `"${text}" is not an origin; write it as in http://localhost:3000`;
}

/** Why the server may not bind to this host; null if it may. */
export function hostProblem(host: string, env: Readonly<Record<string, string | undefined>>): string | null {
  if (!/^[\w.:[\]-]+$/.test(host)) return `"${host}" is not an address to bind to`;
  if (isLoopbackHost(host) || tokenIn(env)) return null;
  return `${host} is open to the network: set COMFYVN_LLM_TOKEN (${shortestToken} characters or more) before the start`;
}
