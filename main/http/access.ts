import { randomBytes } from 'node:crypto';
import {
  asOrigin,
  isLoopbackHost,
  listIn,
  originProblem,
  shortestToken,
} from '../core/app/server/access-rules.ts';

/** Who may call. */
export interface Access {
  /** The address that the server was asked to bind to. */
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

function originsFrom(text: string | undefined): string[] {
  const origins = listIn(text).map(asOrigin);
  for (const origin of origins) {
    const problem = originProblem(origin);
    if (problem) throw new Error(`COMFYVN_LLM_ALLOWED_ORIGINS: ${problem}`);
  }
  return origins;
}

/**
 * Reads the variables that say who may call.
 * @throws Error with what to set when the server would be open to the network without a token
 */
export function accessFrom(
  env: Readonly<Record<string, string | undefined>>,
  host: string,
  ui: boolean,
  savedOrigins: readonly string[] = [],
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
    allowedHosts: listIn(env['COMFYVN_LLM_ALLOWED_HOSTS']),
    allowedOrigins: env['COMFYVN_LLM_ALLOWED_ORIGINS']?.trim()
      ? originsFrom(env['COMFYVN_LLM_ALLOWED_ORIGINS'])
      : savedOrigins.map(asOrigin).filter((origin) => originProblem(origin) === null),
  };
}
