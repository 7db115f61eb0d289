import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { CliHost } from '../host.ts';
import { printJson } from '../print.ts';
import { plain, styleFor } from '../style.ts';

export interface CheckFlags {
  strict?: boolean;
  json?: boolean;
}

/** `comfyvn-llm check`: exits with 0 if every file is valid, else with 3. */
export async function checkCommand(host: CliHost, { strict, json }: CheckFlags): Promise<ExitCode> {
  const { files, faults } = await host.check();
  const counted = faults.filter(({ severity }) => strict || severity === 'error');
  const code = counted.length ? exitCodes.faults : exitCodes.ok;
  if (json) {
    printJson(host, { ok: counted.length === 0, files, faults });
    return code;
  }
  const { out, env } = host;
  const style = styleFor(out, env);
  for (const { severity, file, path, reason } of faults) {
    const where = path ? `${file}: ${path}` : file;
    const label = severity === 'error' ? style('red', 'error') : style('yellow', 'warning');
    out.write(`${label} ${plain(where)}: ${plain(reason)}\n`);
  }
  const errors = faults.filter(({ severity }) => severity === 'error').length;
  out.write(`${files.length} of your files checked: ${errors} errors, ${faults.length - errors} warnings\n`);
  return code;
}
