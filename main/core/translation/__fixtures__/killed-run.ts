import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { appRoot, folderWithPackages } from '../../__fixtures__/test-core.ts';

/** Bundles `run-project.ts` as JavaScript, with access to its packages; returns the script's path. */
export async function bundledRun(): Promise<string> {
  const outDir = folderWithPackages();
  const entry = fileURLToPath(new URL('./run-project.ts', import.meta.url));
  const output = { entryFileNames: 'run-project.mjs', format: 'es' as const };
  await build({
    root: appRoot,
    configFile: false,
    logLevel: 'error',
    build: { ssr: entry, outDir, target: 'node20', rolldownOptions: { output } },
  });
  return join(outDir, 'run-project.mjs');
}

export interface KilledRun {
  script: string;
  root: string;
  project: string;
  env: Record<string, string>;
  /** Further fields of `translate.run`. */
  input?: Record<string, unknown>;
  /** The process is killed when this resolves; a promise that never resolves lets it complete. */
  until: Promise<unknown>;
}

/** Runs a project in a separate process. Returns its output; null if it was killed. */
export async function runAndKill({
  script,
  root,
  project,
  env,
  input = {},
  until,
}: KilledRun): Promise<unknown> {
  const child = spawn(
    process.execPath,
    [script, appRoot, root, project, JSON.stringify(env), JSON.stringify(input)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const closed = once(child, 'close');
  void until.then(() => child.kill('SIGKILL'));
  await closed;
  return output === '' ? null : (JSON.parse(output) as unknown);
}
