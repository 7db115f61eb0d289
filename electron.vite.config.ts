import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { bundledPackages } from './scripts/support/bundled-packages.mjs';
import { shippedParts } from './scripts/support/shipped-parts.mjs';

const at = (path: string) => resolve(import.meta.dirname, path);
const packagesOf = (bundle: string) => bundledPackages(at(`out/packages-${bundle}.json`));

/** CommonJS starts 30 ms sooner than ES modules (docs/performance.md); the files are `.js` like the project's own. */
const commonJsFolder = {
  name: 'common-js-folder',
  generateBundle(this: { emitFile(file: object): void }) {
    this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' });
  },
};

/** The page's fonts are asked for with its script: found only once text is laid out, they would lay it out twice. */
const preloadFonts: Plugin = {
  name: 'preload-fonts',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {} }) =>
      Object.keys(bundle)
        .filter((name) => name.endsWith('.woff2'))
        .map((name) => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `./${name}`, crossorigin: '' },
          injectTo: 'head' as const,
        })),
  },
};

// The oldest runtimes the product runs in: Node 20.18 and Chromium 130, those of Electron 33.
export default defineConfig({
  main: {
    define: { SHIPPED_PARTS: JSON.stringify(shippedParts(import.meta.dirname)) },
    plugins: [packagesOf('main'), commonJsFolder],
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
        output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
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
    plugins: [react(), tailwindcss(), preloadFonts, packagesOf('renderer')],
    build: {
      target: 'chrome130',
      minify: true,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      // scripts/size-report.mjs has the limit that counts.
      chunkSizeWarningLimit: 1000,
      // What the first page needs is one file: each further one is a question to the browser process.
      rollupOptions: {
        input: at('renderer/index.html'),
        output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
      },
    },
  },
});
