import { setTimeout as sleep } from 'node:timers/promises';
import { ensureElectron } from '../scripts/electron-runtime.mjs';
import { againOnVirtualDisplay } from '../scripts/support/display.mjs';
import { cpuOfAll, pageHeapMb, pssOf, startApp } from './support/desktop.mjs';
import { options } from './support/options.mjs';
import { projectRoot, temporaryRoot } from './support/processes.mjs';
import { table } from './support/table.mjs';

// node bench/idle.mjs [--minutes 60] [--every 10]: opens the panel's window and leaves it idle. Measures the memory of all
// its processes, the page's heap after a garbage collection, and the CPU time.

const { minutes, every } = options({ minutes: 60, every: 10 });
const code = await againOnVirtualDisplay();
if (code !== null) process.exit(code);

const electron = await ensureElectron({ log: () => {} });
const panel = await startApp(electron.executable, projectRoot, temporaryRoot());
const rows = [];
let previous = { at: NaN, cpu: NaN };

async function measure(minute) {
  const pss = pssOf(panel.pid);
  const cpuMs = (cpuOfAll(panel.pid) - previous.cpu) / ((Date.now() - previous.at) / 60_000);
  const { webSocketDebuggerUrl } = await panel.page();
  const heap = await pageHeapMb(webSocketDebuggerUrl);
  rows.push([`${minute} min`, pss.toFixed(0), heap.toFixed(2), minute === 1 ? '' : cpuMs.toFixed(0)]);
  console.error(rows.at(-1).join('  '));
  // Read again, so the CPU time of the measurement itself does not count.
  previous = { at: Date.now(), cpu: cpuOfAll(panel.pid) };
}

try {
  await sleep(60_000);
  await measure(1);
  for (let minute = every; minute <= minutes; minute += every) {
    await sleep((minute === every ? every - 1 : every) * 60_000);
    await measure(minute);
  }
} finally {
  await panel.stop();
}
console.log(`Electron ${electron.version} (${electron.source})\n`);
console.log(table(['open for', 'all processes, MB', 'page heap, MB', 'CPU ms per minute'], rows));
process.exit(0);
