import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { appRoot, folderWithPackages, type AtEnd } from '../../core/__fixtures__/test-core.ts';

/** Builds the command line as it is shipped: JavaScript, in a folder with the files that it reads. */
export async function builtCli(atEnd: AtEnd): Promise<string> {
  const folder = folderWithPackages(atEnd);
  for (const name of ['registry', 'prompt-packs', 'package.json'])
    cpSync(join(appRoot, name), join(folder, name), { recursive: true });
  const outDir = join(folder, 'out', 'main');
  const output = { entryFileNames: 'cli.mjs', format: 'es' as const };
  await build({
    root: appRoot,
    configFile: false,
    logLevel: 'error',
    build: { ssr: join(appRoot, 'main', 'cli.ts'), outDir, target: 'node20', rolldownOptions: { output } },
  });
  return join(outDir, 'cli.mjs');
}

export interface CliProcess {
  /** null if the process was killed. */
  code: number | null;
  out: string;
  err: string;
}

/**
 * Runs the command line in a separate process.
 * @param until when it resolves, the process gets SIGKILL; a promise that never resolves lets the process finish
 */
export async function cliProcess(
  script: string,
  argv: readonly string[],
  env: Record<string, string | undefined>,
  until: Promise<unknown>,
): Promise<CliProcess> {
  const child = spawn(process.execPath, [script, ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (text.err += chunk.toString('utf8')));
  const closed = once(child, 'close') as Promise<[number | null]>;
  void until.then(() => child.kill('SIGKILL'));
  const [code] = await closed;
  return { code, ...text };
}
