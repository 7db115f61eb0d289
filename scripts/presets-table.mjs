import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

// The tables come from dry runs of the TypeScript core, so tests compute them; here those tests may write
// them.
const root = resolve(import.meta.dirname, '..');
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', 'main/core/presets/presets-table.test.ts', 'main/core/presets/rules-table.test.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, UPDATE_DOCS: '1' },
  },
);
process.exitCode = status ?? 1;
