import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { bundledPackages } from './scripts/support/bundled-packages.mjs';
import { shippedParts } from './scripts/support/shipped-parts.mjs';

const at = (path: string) => resolve(import.meta.dirname, path);
const packagesOf = (bundle: string) => bundledPackages(at(`out/packages-${bundle}.json`));

// The oldest runtimes the product runs in: Node 20.18 and Chromium 130, those of Electron 33.
export default defineConfig({
  main: {
    define: { SHIPPED_PARTS: JSON.stringify(shippedParts(import.meta.dirname)) },
    plugins: [packagesOf('main')],
    build: {
      target: 'node20.18',
      minify: true,
      externalizeDeps: true,
      rollupOptions: {
        input: {
          index: at('main/index.ts'),
          headless: at('main/headless.ts'),
          cli: at('main/cli.ts'),
          library: at('main/library.ts'),
        },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    plugins: [packagesOf('preload')],
    build: {
      target: 'node20.18',
      minify: true,
      rollupOptions: {
        input: { index: at('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react(), tailwindcss(), packagesOf('renderer')],
    build: {
      target: 'chrome130',
      minify: true,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rollupOptions: { input: at('renderer/index.html') },
    },
  },
});
