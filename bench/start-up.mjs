import { join } from 'node:path';
import { ensureElectron } from '../scripts/electron-runtime.mjs';
import { checkoutRuntime } from '../scripts/support/checkout-runtime.mjs';
import { againOnVirtualDisplay } from '../scripts/support/display.mjs';
import { fallbackElectron } from '../scripts/support/fallback-electron.mjs';
import { runtimeCacheFolder } from '../scripts/support/project.mjs';
import { startOnce } from './support/desktop.mjs';
import { options } from './support/options.mjs';
import { headless, memoryOf, projectRoot, startNode, stop, temporaryRoot } from './support/processes.mjs';
import { median, table } from './support/table.mjs';

// node bench/start-up.mjs [--runs 10] [--idle 5]: measures the time from `node` until the server listens, and from the start
// of the desktop app until its API answers and its window is interactive. For comparison, it alternates with an Electron
// app that shows one empty window.

const { runs, idle } = options({ runs: 10, idle: 5 });
const code = await againOnVirtualDisplay();
if (code !== null) process.exit(code);

const electron = await ensureElectron({ log: () => {} });
const emptyApp = join(import.meta.dirname, 'support', 'empty-window');
// The fallback runtime works with only one app.
const empty =
  electron.source === 'fallback'
    ? join(
        await checkoutRuntime(await fallbackElectron(runtimeCacheFolder(), () => {}), emptyApp),
        'electron',
      )
    : electron.executable;

/** Uses the page's own clock, so the time to query it does not count. */
const since = (time) =>
  `(() => { const at = ${time}; return at === undefined ? null : performance.timeOrigin + at; })()`;
const firstText = since(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime`);
const interactive = since(`performance.getEntriesByName('interactive')[0]?.startTime`);

async function listening() {
  const server = await startNode([headless, '--port', '0'], {
    env: { COMFYVN_RUNTIME_ROOT: temporaryRoot() },
  });
  const rss = memoryOf(server.pid);
  await stop(server);
  return { ms: server.ms, rss };
}

const samples = {
  node: [],
  nodeRss: [],
  empty: [],
  emptyPss: [],
  answering: [],
  shown: [],
  pss: [],
  firstEmpty: [],
  first: [],
};
const startEmpty = (root, idleMs) => startOnce(empty, emptyApp, firstText, { idleMs, api: false, root });
const startPanel = (root, idleMs) =>
  startOnce(electron.executable, projectRoot, interactive, { idleMs, api: true, root });

// Fills the caches in the data folder (Chromium's and ours), as for a user who has started the app before.
const usedEmpty = temporaryRoot();
const used = temporaryRoot();
for (let n = 0; n < 2; n++) {
  await startEmpty(usedEmpty, 2000);
  await startPanel(used, 5000);
}
for (let run = 0; run < runs; run++) {
  const server = await listening();
  samples.node.push(server.ms);
  samples.nodeRss.push(server.rss);
  samples.firstEmpty.push((await startEmpty(temporaryRoot(), 500)).shown);
  samples.first.push((await startPanel(temporaryRoot(), 500)).shown);
  const bare = await startEmpty(usedEmpty, idle * 1000);
  samples.empty.push(bare.shown);
  samples.emptyPss.push(bare.pss);
  const panel = await startPanel(used, idle * 1000);
  samples.answering.push(panel.answering);
  samples.shown.push(panel.shown);
  samples.pss.push(panel.pss);
  console.error(
    `run ${run + 1} of ${runs}: ${[server.ms, bare.shown, panel.answering, panel.shown].map(Math.round)} ms`,
  );
}

const ms = (values) => `${Math.round(median(values))} ms`;
const mb = (values) => `${Math.round(median(values))} MB`;
const times = (own, other) => (median(own) / median(other)).toFixed(2);
console.log(`Electron ${electron.version} (${electron.source}), medians of ${runs}\n`);
console.log(
  table(
    ['', 'measured', 'target'],
    [
      ['server: node to listening', ms(samples.node), '≤ 400 ms'],
      ['server: resident memory then', mb(samples.nodeRss), ''],
      ['empty window: start to first text', ms(samples.empty), ''],
      ['panel: start to an API that answers', ms(samples.answering), 'before the window'],
      ['panel: start to interactive, shown', ms(samples.shown), ''],
      ['panel / empty window', times(samples.shown, samples.empty), '≤ 1.7'],
      ['first start ever: empty window, panel', `${ms(samples.firstEmpty)}, ${ms(samples.first)}`, ''],
      ['first start: panel / empty window', times(samples.first, samples.firstEmpty), ''],
      ['empty window: all processes, idle', mb(samples.emptyPss), ''],
      ['panel: all processes, idle', mb(samples.pss), ''],
      ['memory: panel / empty window', times(samples.pss, samples.emptyPss), '≤ 1.4'],
    ],
  ),
);
process.exit(0);
