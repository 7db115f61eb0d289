import { ensureElectron } from '../scripts/electron-runtime.mjs';
import { againOnVirtualDisplay } from '../scripts/support/display.mjs';
import { openApp } from './renderer/open-app.mjs';
import { measureFilter, plantModels } from './renderer/filter.mjs';
import { measureScroll } from './renderer/scroll.mjs';
import { measureUnits, plantGame } from './renderer/units.mjs';
import { options } from './support/options.mjs';
import { plantCalls } from './support/plant-calls.mjs';
import { temporaryRoot } from './support/processes.mjs';
import { table } from './support/table.mjs';

// npm run build && node bench/renderer.mjs [--only scroll|filter|units] [--calls 50000] [--models 5000] [--units 100000]
// [--frames 1500]: measures the window's main thread in the real app, with a large log, registry and project. Without a
// display, it starts itself under xvfb-run.

const { calls, models, units, frames, only } = options({
  calls: 50_000,
  models: 5000,
  units: 100_000,
  frames: 1500,
  only: '',
});

/** `prepare` fills the runtime root before the start; `measure` runs in the open window. */
const measurements = {
  scroll: {
    prepare: (root) => plantCalls(root, calls),
    measure: (page, root) => measureScroll(page, root, frames),
  },
  filter: { prepare: (root) => plantModels(root, models), measure: measureFilter },
  units: { prepare: (root) => plantGame(root, units), measure: measureUnits },
};

async function main() {
  const code = await againOnVirtualDisplay();
  if (code !== null) return code;
  const { executable } = await ensureElectron({ log: console.log });
  for (const [name, { prepare, measure }] of Object.entries(measurements)) {
    if (only && only !== name) continue;
    const root = temporaryRoot();
    await prepare(root);
    const { app, page } = await openApp(executable, root);
    try {
      const { head, rows } = await measure(page, root);
      console.log(`\n${table(head, rows)}`);
    } finally {
      await app.close();
    }
  }
  return 0;
}

process.exitCode = await main();
