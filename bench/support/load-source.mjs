import { createServer } from 'vite';
import { projectRoot } from './processes.mjs';

/**
 * Loads TypeScript modules of the sources into this process.
 * @returns {Promise<{ load: (path: string) => Promise<any>, close: () => Promise<void> }>} `path` is relative to `main/core`
 */
export async function sourceLoader() {
  const vite = await createServer({
    root: projectRoot,
    configFile: false,
    appType: 'custom',
    logLevel: 'warn',
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  });
  return { load: (path) => vite.ssrLoadModule(`/main/core/${path}`), close: () => vite.close() };
}
