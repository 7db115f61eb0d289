import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { watch } from 'chokidar';

const settleMs = 150;

/**
 * Calls `changed` once after a burst of changes to any of the files, and once when the watching has begun.
 * @returns a function that stops watching
 */
export function watchFiles(
  runtimeRoot: string,
  registryFile: string | undefined,
  changed: () => void,
): () => Promise<void> {
  const config = join(runtimeRoot, 'config');
  mkdirSync(join(config, 'llm'), { recursive: true });
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(
    [join(config, 'comfyvn.json'), join(config, 'llm'), ...(registryFile ? [registryFile] : [])],
    {
      ignoreInitial: true,
      depth: 3,
    },
  );
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, settleMs);
  };
  watcher.on('all', soon);
  // What changed since the files were read at start, before anyone watched, is found by reading once more.
  watcher.on('ready', soon);
  // A folder that cannot be watched still is read on request.
  watcher.on('error', () => {});
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
