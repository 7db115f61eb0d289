import { parseArgs } from 'node:util';

export interface ServeOptions {
  host: string;
  port: number;
  ui: boolean;
  help: boolean;
}

export const usage = `comfyvn-llm-panel serves the ComfyVN LLM API on this machine.

  --port N     port to listen on (COMFYVN_LLM_PORT, else 8000; 0 takes a free one)
  --host H     address to bind to (COMFYVN_LLM_HOST, else 127.0.0.1); beyond loopback COMFYVN_LLM_TOKEN is needed
  --ui         serve the panel to a browser as well
  --help       this text
`;

function portFrom(text: string, source: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new Error(`${source} is not a port number from 0 to 65535`);
  return port;
}

/**
 * The command line, then the environment, then the defaults.
 * @throws Error that names the flag or variable
 */
export function serveOptions(
  argv: string[],
  env: Readonly<Record<string, string | undefined>>,
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
  const variable = env['COMFYVN_LLM_PORT']?.trim();
  const port =
    values.port !== undefined
      ? portFrom(values.port, '--port')
      : variable
        ? portFrom(variable, 'COMFYVN_LLM_PORT')
        : 8000;
  return {
    host: values.host ?? (env['COMFYVN_LLM_HOST']?.trim() || '127.0.0.1'),
    port,
    ui: values.ui ?? false,
    help: values.help ?? false,
  };
}
