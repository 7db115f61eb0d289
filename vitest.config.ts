import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

// Each of these files has a database server of its own, or looks at (or changes) what is the whole process's.
const alone = [
  'main/core/{calls,budget,database}/**/*.test.ts',
  'main/core/rate-limits/rate-limits.test.ts',
  'main/core/secrets/key-states.test.ts',
  'main/core/translation/store/*.test.ts',
  'main/core/translation/batches/{batches-postgres,shared-batches}.test.ts',
  'main/core/chat/{replay,record/recorded-calls}.test.ts',
  'main/core/providers/diagnostics.test.ts',
  'bench/money-crashes.test.mjs',
  'main/http/slow-caller.test.ts',
  'scripts/languages/load-time.test.mjs',
];

// Files whose users are on Windows: run once more on NTFS's rules, as far as they can be had elsewhere.
const files = [
  'main/cli/batch/**/*.test.ts',
  'main/core/lib/{files,log}/*.test.ts',
  'main/core/prompt-packs/moved-folders.test.ts',
  'main/core/presets/kept-files.test.ts',
];

// The page sets up zod for itself; in one process with the core it would change what the core says of bad input.
const page = ['renderer/**/*.test.{ts,tsx}', 'scripts/languages/*.test.mjs'];

const emptyDatabase = './main/core/__fixtures__/empty-database.ts';

export default defineConfig({
  test: {
    // Sockets and files are real: a slow machine gets time, a hang still fails.
    testTimeout: 60_000,
    // On two cores vitest would take one worker, which waits most of the time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // No test is tried again: one that fails now and then is broken.
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: [
            '{bench,contract,main,packaging,preload,renderer,registry,prompt-packs,scripts,e2e,docs}/**/*.test.{ts,tsx,mjs}',
          ],
          exclude: [...configDefaults.exclude, ...alone, ...page],
          globalSetup: emptyDatabase,
          // Loading every module anew for each file takes as long as all tests.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'page', include: page, exclude: [...configDefaults.exclude, ...alone], isolate: false },
      },
      { extends: true, test: { name: 'alone', include: alone, globalSetup: emptyDatabase } },
      {
        extends: true,
        test: { name: 'ntfs', include: files, execArgv: ['--require', './scripts/support/ntfs-shim.cjs'] },
      },
    ],
  },
});
