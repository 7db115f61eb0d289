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

// Each takes ten seconds or more: it starts and kills other programs, waits as the product does, or tries hundreds of
// cases over HTTP. `npm run check` leaves these out, and the projects `alone` and `ntfs`.
const slow = [
  'bench/batch-kill.test.mjs',
  'docs/examples.test.mjs',
  'main/{headless,parity,private-files,two-processes}.test.ts',
  'main/cli/{killed-delivery,ledger-unavailable}.test.ts',
  'main/cli/{bench/bench,translate/status,translate/translate}.test.ts',
  'main/core/chat/cost/money-table.test.ts',
  'main/core/chat/send/{breaker,faults}.test.ts',
  'main/core/presets/kill.test.ts',
  'main/core/prompt-packs/{pack-exchange,pack-kill}.test.ts',
  'main/core/registry/addresses.test.ts',
  'main/core/translation/batches/{batch-limits,lost-submissions,providers}.test.ts',
  'main/core/translation/export/all-formats.test.ts',
  'main/core/translation/renpy-games.test.ts',
  'main/core/translation/run/{hostile-replies,kill,killed-wait}.test.ts',
  'main/core/trials/trial-service.test.ts',
  'main/formats/renpy/engine.test.ts',
  'main/http/fuzz.test.ts',
  'main/http/protocols/{clients,errors,parts}.test.ts',
  'scripts/{headless-bundle,line-endings}.test.mjs',
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
          exclude: [...configDefaults.exclude, ...alone, ...slow, ...page],
          globalSetup: emptyDatabase,
          // Loading every module anew for each file takes as long as all tests.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'slow', include: slow, globalSetup: emptyDatabase, isolate: false },
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
