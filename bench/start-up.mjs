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

// node bench/start-up.mjs [--runs 10] [--idle 5]: the server from `node` to listening, and the desktop app from its
// start to an API that answers and a window that can be used, in turn with an Electron that shows one empty window.

const { runs, idle } = options({ runs: 10, idle: 5 });
const code = await againOnVirtualDisplay();
if (code !== null) process.exit(code);

const electron = await ensureElectron({ log: () => {} });
const emptyApp = join(import.meta.dirname, 'support', 'empty-window');
// The fallback runtime belongs to one app each.
const empty =
  electron.source === 'fallback'
    ? join(
        await checkoutRuntime(await fallbackElectron(runtimeCacheFolder(), () => {}), emptyApp),
        'electron',
      )
    : electron.executable;

/** The page's own clock: what it takes to ask for it does not count. */
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

const seen = {
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

// Whoever has started it before has caches in the data folder, Chromium's and ours.
const usedEmpty = temporaryRoot();
const used = temporaryRoot();
for (let n = 0; n < 2; n++) {
  await startEmpty(usedEmpty, 2000);
  await startPanel(used, 5000);
}
for (let run = 0; run < runs; run++) {
  const server = await listening();
  seen.node.push(server.ms);
  seen.nodeRss.push(server.rss);
  seen.firstEmpty.push((await startEmpty(temporaryRoot(), 500)).shown);
  seen.first.push((await startPanel(temporaryRoot(), 500)).shown);
  const bare = await startEmpty(usedEmpty, idle * 1000);
  seen.empty.push(bare.shown);
  seen.emptyPss.push(bare.pss);
  const panel = await startPanel(used, idle * 1000);
  seen.answering.push(panel.answering);
  seen.shown.push(panel.shown);
  seen.pss.push(panel.pss);
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
    ['', 'here', 'wanted'],
    [
      ['server: node to listening', ms(seen.node), '≤ 400 ms'],
      ['server: resident then', mb(seen.nodeRss), ''],
      ['empty window: start to first text', ms(seen.empty), ''],
      ['panel: start to an API that answers', ms(seen.answering), 'before the window'],
      ['panel: start to interactive, shown', ms(seen.shown), ''],
      ['panel, of the empty window', times(seen.shown, seen.empty), '≤ 1.7'],
      ['very first start: empty window, panel', `${ms(seen.firstEmpty)}, ${ms(seen.first)}`, ''],
      ['panel, of the empty window, then', times(seen.first, seen.firstEmpty), ''],
      ['empty window: all processes, idle', mb(seen.emptyPss), ''],
      ['panel: all processes, idle', mb(seen.pss), ''],
      ['panel, of the empty window', times(seen.pss, seen.emptyPss), '≤ 1.4'],
    ],
  ),
);
process.exit(0);
