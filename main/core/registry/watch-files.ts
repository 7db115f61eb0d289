import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { watch } from 'chokidar';

const settleMs = 150;

/**
 * Calls `changed` once after a burst of changes to any of the files.
 * @returns a function that stops watching
 */
export function watchFiles(runtimeRoot: string, registryFile: string | undefined, changed: () => void): () => Promise<void> {
  const config = join(runtimeRoot, 'config');
  mkdirSync(join(config, 'llm'), { recursive: true });
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch([join(config, 'comfyvn.json'), join(config, 'llm'), ...(registryFile ? [registryFile] : [])], {
    ignoreInitial: true,
    depth: 3,
  });
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(changed, settleMs);
  });
  // A folder that cannot be watched still is read on request.
  watcher.on('error', () => {});
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
