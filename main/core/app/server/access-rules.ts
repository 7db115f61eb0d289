/** True for the addresses only this machine can reach. */
export function isLoopbackHost(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

export const shortestToken = 16;

/** The token of the environment, where it has one that may be used. */
export function tokenIn(env: Readonly<Record<string, string | undefined>>): string | null {
  const token = env['COMFYVN_LLM_TOKEN']?.trim() ?? '';
  return token.length >= shortestToken ? token : null;
}

/** What separates names in a variable that holds several. */
export function listIn(text: string | undefined): string[] {
  return (text ?? '')
    .split(/[\s,]+/)
    .map((item) => item.trim().toLowerCase())
    .filter(Boolean);
}

/** An origin as a browser writes it. */
export function asOrigin(text: string): string {
  return text.trim().toLowerCase().replace(/\/$/, '');
}

/** Why a text is no origin; null where it is one. A page without an origin says `null`, and any page can be that. */
export function originProblem(text: string): string | null {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/\s*]+$/.test(asOrigin(text))
    ? null
    : `"${text}" is no origin; write it as in http://localhost:3000`;
}

/** Why the server may not bind there; null where it may. */
export function hostProblem(host: string, env: Readonly<Record<string, string | undefined>>): string | null {
  if (!/^[\w.:[\]-]+$/.test(host)) return `"${host}" is no address to bind to`;
  if (isLoopbackHost(host) || tokenIn(env)) return null;
  return `${host} is open to the network: set COMFYVN_LLM_TOKEN (${shortestToken} characters or more) before the start`;
}
