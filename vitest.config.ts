import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      '{bench,contract,main,preload,renderer,registry,prompt-packs,scripts,e2e,docs}/**/*.test.{ts,tsx,mjs}',
    ],
    // Sockets and files are real: a slow machine gets time, a hang still fails.
    testTimeout: 20_000,
    // The same for a test with a clock in it, on a machine that others work on as well.
    retry: process.env.CI ? 1 : 0,
  },
});
