import { AppError } from '../core/lib/app-error.ts';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.ts';
import type { CliHost } from './host.ts';
import { createProgram, exitCodeOfCommander } from './program.ts';
import { plain, styleFor } from './style.ts';

/** Prints an error: as JSON with `--json`, else as text. */
function report(host: CliHost, argv: readonly string[], error: unknown): ExitCode {
  const known = error instanceof AppError;
  const code = known ? error.code : 'internal_error';
  const message = known
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  if (argv.includes('--json')) {
    const details = known && error.details ? { details: error.details } : {};
    host.out.write(`${JSON.stringify({ ok: false, code, message, ...details }, null, 2)}\n`);
  } else {
    const label = styleFor(host.err, host.env)('red', 'error:');
    host.err.write(`${label} ${plain(message)} (${code})\n`);
  }
  return exitCodeOf[code];
}

/**
 * Runs `comfyvn-llm` once. Never throws.
 * @param argv without the program's own name
 * @returns the exit code
 */
export async function runCli(host: CliHost, argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok;
  const program = createProgram(host, (ended) => (code = ended));
  try {
    if (argv.length === 0) {
      program.outputHelp();
      return exitCodes.ok;
    }
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return exitCodeOfCommander(error) ?? report(host, argv, error);
  }
}
