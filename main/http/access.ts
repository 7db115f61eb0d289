import { randomBytes } from 'node:crypto';

/** Who may call, fixed at start. */
export interface Access {
  /** What the server was told to bind to. */
  host: string;
  /** `COMFYVN_LLM_TOKEN`: with it every route asks for it. */
  token: string | null;
  /** Panel operations always ask for one: the token above, else one made at start. */
  panelToken: string;
  /** Serve the built panel to a browser. */
  ui: boolean;
  allowedHosts: string[];
  allowedOrigins: string[];
}

const list = (text: string | undefined) =>
  (text ?? '')
    .split(/[\s,]+/)
    .map((item) => item.trim().toLowerCase())
    .filter(Boolean);

/** Origins as a browser writes them. A page without one of its own says `null`, and any page can be that. */
function originsFrom(text: string | undefined): string[] {
  const origins = list(text).map((origin) => origin.replace(/\/$/, ''));
  const wrong = origins.find((origin) => !/^[a-z][a-z0-9+.-]*:\/\/[^/\s*]+$/.test(origin));
  if (wrong !== undefined)
    throw new Error(
      `COMFYVN_LLM_ALLOWED_ORIGINS: "${wrong}" is no origin; write it as in http://localhost:3000`,
    );
  return origins;
}

const shortestToken = 16;

/**
 * Reads the variables that say who may call.
 * @throws Error with what to set when the server would be open to the network without a token
 */
export function accessFrom(
  env: Readonly<Record<string, string | undefined>>,
  host: string,
  ui: boolean,
): Access {
  const token = env['COMFYVN_LLM_TOKEN']?.trim() || null;
  if (token && token.length < shortestToken)
    throw new Error(`COMFYVN_LLM_TOKEN is shorter than ${shortestToken} characters: choose a longer one`);
  if (!isLoopbackHost(host) && !token)
    throw new Error(
      `--host ${host} is open to the network: set COMFYVN_LLM_TOKEN (${shortestToken} characters or more) first`,
    );
  return {
    host,
    token,
    panelToken: token ?? randomBytes(24).toString('base64url'),
    ui,
    allowedHosts: list(env['COMFYVN_LLM_ALLOWED_HOSTS']),
    allowedOrigins: originsFrom(env['COMFYVN_LLM_ALLOWED_ORIGINS']),
  };
}

/** True for the addresses only this machine can reach. */
export function isLoopbackHost(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}
