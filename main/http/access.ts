import { randomBytes } from 'node:crypto';
import {
  asOrigin,
  isLoopbackHost,
  listIn,
  originProblem,
  shortestToken,
} from '../core/app/server/access-rules.ts';

/** Who may call the server. */
export interface Access {
  /** The address that the server was told to bind to. */
  host: string;
  /** `COMFYVN_LLM_TOKEN`: if set, every route requires it. */
  token: string | null;
  /** Panel operations always require a token: the one above, else one generated at start. */
  panelToken: string;
  /** Serves the built panel to a browser. */
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
 * Reads the variables that control access.
 * @throws Error that says what to set if the server would be open to the network without a token
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
