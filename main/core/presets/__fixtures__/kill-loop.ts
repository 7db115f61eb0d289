import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expect } from 'vitest';
import { appRoot, folderWithPackages } from '../../__fixtures__/test-core.ts';

/** The loop as plain JavaScript, beside the packages that it imports. */
export async function bundledLoop(): Promise<string> {
  const outDir = folderWithPackages();
  const entry = fileURLToPath(new URL('./save-loop.ts', import.meta.url));
  const output = { entryFileNames: 'save-loop.mjs', format: 'es' as const };
  await build({
    root: appRoot,
    configFile: false,
    logLevel: 'error',
    build: { ssr: entry, outDir, target: 'node20', rolldownOptions: { output } },
  });
  return join(outDir, 'save-loop.mjs');
}

/**
 * Saves from number `from` until it is killed, a moment after `after` saves were reported; returns the last
 * reported one.
 */
export async function saveAndKill(
  script: string,
  what: 'presets' | 'packs',
  root: string,
  from: number,
  after: number,
): Promise<number> {
  const child = spawn(process.execPath, [script, appRoot, root, String(from), what], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let reported = '';
  let last = from - 1;
  let begun = 0;
  let killing = false;
  const closed = once(child, 'close');
  child.stdout.on('data', (chunk: Buffer) => {
    begun ||= performance.now();
    reported += chunk.toString('utf8');
    for (const [, n] of reported.matchAll(/saved (\d+)\n/g)) last = Number(n);
    const done = last - from + 1;
    if (done < after || killing) return;
    killing = true;
    // A random time within the next save, estimated from the duration of earlier ones.
    const oneSave = (performance.now() - begun) / Math.max(1, done - 1);
    setTimeout(() => child.kill('SIGKILL'), Math.random() * oneSave);
  });
  await closed;
  expect(reported).not.toContain('failed');
  return last;
}
