import { configDefaults, defineConfig } from 'vitest/config';

// Each of these files has a database server of its own, or looks at what is the whole process's: connections, warnings.
const alone = [
  'main/core/{calls,budget,database}/**/*.test.ts',
  'main/core/translation/store/*.test.ts',
  'main/core/chat/{replay,recorded-calls}.test.ts',
  'main/core/providers/diagnostics.test.ts',
  'main/http/slow-caller.test.ts',
];

export default defineConfig({
  test: {
    // Sockets and files are real: a slow machine gets time, a hang still fails.
    testTimeout: 20_000,
    // The same for a test with a clock in it, on a machine that others work on as well.
    retry: process.env.CI ? 1 : 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: [
            '{bench,contract,main,preload,renderer,registry,prompt-packs,scripts,e2e,docs}/**/*.test.{ts,tsx,mjs}',
          ],
          exclude: [...configDefaults.exclude, ...alone],
          // Loading every module anew for each file takes as long as all tests.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
