import { setTimeout as sleep } from 'node:timers/promises';
import { ensureElectron } from '../scripts/electron-runtime.mjs';
import { againOnVirtualDisplay } from '../scripts/support/display.mjs';
import { cpuOfAll, heldByPage, pssOf, startApp } from './support/desktop.mjs';
import { options } from './support/options.mjs';
import { projectRoot, temporaryRoot } from './support/processes.mjs';
import { table } from './support/table.mjs';

// node bench/idle.mjs [--minutes 60] [--every 10]: the panel's window is opened and left alone. Memory of all its
// processes, what its page holds after a collection, and the processor time it took meanwhile.

const { minutes, every } = options({ minutes: 60, every: 10 });
const code = await againOnVirtualDisplay();
if (code !== null) process.exit(code);

const electron = await ensureElectron({ log: () => {} });
const panel = await startApp(electron.executable, projectRoot, temporaryRoot());
const rows = [];
let asked = { at: NaN, cpu: NaN };

async function note(minute) {
  const pss = pssOf(panel.pid);
  const took = (cpuOfAll(panel.pid) - asked.cpu) / ((Date.now() - asked.at) / 60_000);
  const { webSocketDebuggerUrl } = await panel.page();
  const held = await heldByPage(webSocketDebuggerUrl);
  rows.push([`${minute} min`, pss.toFixed(0), held.toFixed(2), minute === 1 ? '' : took.toFixed(0)]);
  console.error(rows.at(-1).join('  '));
  // Asking takes processor time too, which is not the panel's.
  asked = { at: Date.now(), cpu: cpuOfAll(panel.pid) };
}

try {
  await sleep(60_000);
  await note(1);
  for (let minute = every; minute <= minutes; minute += every) {
    await sleep((minute === every ? every - 1 : every) * 60_000);
    await note(minute);
  }
} finally {
  await panel.stop();
}
console.log(`Electron ${electron.version} (${electron.source})\n`);
console.log(table(['open for', 'all processes, MB', 'held by the page, MB', 'processor ms a minute'], rows));
process.exit(0);
