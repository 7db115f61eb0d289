import { parseArgs } from 'node:util';
import type { PanelSettings } from '../../contract/settings.ts';
import { hostProblem } from '../core/app/server/access-rules.ts';
import type { Chosen } from '../core/app/server/listener.ts';

export interface ServeOptions extends Chosen {
  ui: boolean;
  help: boolean;
}

export const usage = `comfyvn-llm-panel serves the ComfyVN LLM API on this machine.

  --port N     port to listen on (COMFYVN_LLM_PORT, else as saved in the panel, else 8000; 0 takes a free one)
  --host H     address to bind to (COMFYVN_LLM_HOST, else as saved, else 127.0.0.1); beyond loopback COMFYVN_LLM_TOKEN is needed
  --ui         serve the panel to a browser as well
  --help       this text
`;

function portFrom(text: string, source: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new Error(`${source} is not a port number from 0 to 65535`);
  return port;
}

type Env = Readonly<Record<string, string | undefined>>;
type Saved = Pick<PanelSettings, 'server_port' | 'server_host'>;

function chosenPort(flag: string | undefined, env: Env, saved: Saved): Chosen['port'] {
  if (flag !== undefined) return { value: portFrom(flag, '--port'), source: 'flag' };
  const variable = env['COMFYVN_LLM_PORT']?.trim();
  if (variable) return { value: portFrom(variable, 'COMFYVN_LLM_PORT'), source: 'environment' };
  if (saved.server_port !== null) return { value: saved.server_port, source: 'settings' };
  return { value: 8000, source: 'default' };
}

function chosenHost(flag: string | undefined, env: Env, saved: Saved): Chosen['host'] {
  if (flag !== undefined) return { value: flag, source: 'flag' };
  const variable = env['COMFYVN_LLM_HOST']?.trim();
  if (variable) return { value: variable, source: 'environment' };
  // An address saved while a token was set must not open the server without one.
  if (saved.server_host !== null && hostProblem(saved.server_host, env) === null)
    return { value: saved.server_host, source: 'settings' };
  return { value: '127.0.0.1', source: 'default' };
}

/**
 * Reads the server's options. Precedence: command line, environment, saved settings, defaults.
 * @throws Error that names the flag or variable
 */
export function serveOptions(
  argv: string[],
  env: Env,
  saved: Saved = { server_port: null, server_host: null },
): ServeOptions {
  const { values } = parseArgs({
    args: argv,
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      ui: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  return {
    host: chosenHost(values.host, env, saved),
    port: chosenPort(values.port, env, saved),
    ui: values.ui ?? false,
    help: values.help ?? false,
  };
}
