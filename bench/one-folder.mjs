import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileChanges } from './support/file-changes.mjs';
import { options } from './support/options.mjs';
import { headless, projectRoot, startNode, temporaryRoot } from './support/processes.mjs';
import { quantile, table } from './support/table.mjs';
import { ensureElectron } from '../scripts/electron-runtime.mjs';
import { againOnVirtualDisplay } from '../scripts/support/display.mjs';
import { openApp } from './renderer/open-app.mjs';

// node bench/one-folder.mjs [--seconds 300] [--kills 10]: the desktop app, a headless server and a batch change the files
// of one data folder at the same time, and the server is killed several times. Exits with 1 if an acknowledged change is
// not in the files, or if a batch loses a line. Without a display, it starts itself under xvfb-run. Build first:
// npm run build

const codeOnDisplay = await againOnVirtualDisplay();
if (codeOnDisplay !== null) process.exit(codeOnDisplay);

const { seconds, kills } = options({ seconds: 300, kills: 10 });
const token = 'one-folder-0123456789';
const root = temporaryRoot({ 'config/comfyvn.json': { characters: Array(200).fill('kept'), features: {} } });
const env = {
  COMFYVN_RUNTIME_ROOT: root,
  COMFYVN_LLM_TOKEN: token,
  COMFYVN_LLM_KEY_PASSPHRASE: 'correct horse battery',
};
const until = performance.now() + seconds * 1000;
const over = () => performance.now() > until;
const times = new Map();
const refused = new Map();
let killed = 0;

const startServer = async () => {
  const { url, child } = await startNode([headless, '--port', '0', '--ui'], { env });
  return { child, ask: (name, input) => askServer(url, name, input) };
};

/** Starts the desktop app; requests go through its page. */
async function startDesktop() {
  const { executable } = await ensureElectron({ log: console.log });
  const { app, page } = await openApp(executable, root);
  const ask = (name, input) =>
    page.evaluate(
      ([operation, data]) => window.panel.request(operation, data, crypto.randomUUID()),
      [name, input],
    );
  return { app, ask };
}

async function askServer(url, name, input) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/rpc/${name}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(input),
  });
  return response.json();
}

/** Makes a change. True if it was acknowledged and is stored in a file. */
async function change(instance, { name, input }) {
  const began = performance.now();
  const envelope = await instance.ask(name, input);
  times.set(name, [...(times.get(name) ?? []), performance.now() - began]);
  if (!envelope.ok) {
    const text = `${name}: ${envelope.error.code}: ${envelope.error.message}`;
    refused.set(text, (refused.get(text) ?? 0) + 1);
  }
  // Without a keyring, the desktop app keeps a key only for the session, and no file has it.
  return envelope.ok && envelope.data?.store?.lasting !== false;
}

/** Makes changes in the desktop app until the time is over. */
async function changeInDesktop(changes) {
  const desktop = await startDesktop();
  while (!over()) {
    const next = changes.next();
    changes.done(next, await change(desktop, next));
  }
  await desktop.app.close();
}

/** Makes changes in a server until the time is over. After a kill, the server is started again. */
async function changeInServer(changes) {
  let server = await startServer();
  // Leaves time for changes after the last kill.
  const killAt = Array.from(
    { length: kills },
    (_, n) => until - seconds * 1000 * (1 - (n + 1) / (kills + 2)),
  );
  while (!over()) {
    const next = changes.next();
    const asked = change(server, next);
    if (killAt.length > 0 && performance.now() > killAt[0]) {
      killAt.shift();
      killed++;
      const ended = once(server.child, 'close');
      setTimeout(() => server.child.kill('SIGKILL'), Math.random() * 20);
      changes.done(next, await asked.catch(() => undefined));
      await ended;
      server = await startServer();
    } else changes.done(next, await asked);
  }
  server.child.kill('SIGTERM');
  await once(server.child, 'close');
}

async function batches() {
  const rows = Array.from({ length: 200 }, (_, n) => JSON.stringify({ id: String(n), text: `line ${n}` }));
  const input = join(root, 'in.jsonl');
  writeFileSync(input, `${rows.join('\n')}\n`);
  let runs = 0;
  let lost = 0;
  while (!over()) {
    const output = join(root, `out-${++runs}.jsonl`);
    const args = [
      join(projectRoot, 'out', 'main', 'cli.js'),
      'batch',
      '-p',
      'stub',
      '-c',
      '4',
      input,
      output,
    ];
    const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, ...env }, stdio: 'ignore' });
    const [code] = await once(child, 'close');
    if (code !== 0 || readFileSync(output, 'utf8').trim().split('\n').length !== rows.length) lost++;
  }
  return { runs, lost };
}

const both = [new FileChanges(0, 'data/keys.keyring.json'), new FileChanges(1, 'data/keys.passphrase.json')];
const [batch] = await Promise.all([batches(), changeInDesktop(both[0]), changeInServer(both[1])]);

const missing = both.flatMap((changes) => changes.missingIn(root));
const characters = JSON.parse(readFileSync(join(root, 'config/comfyvn.json'), 'utf8')).characters?.length;
const aside = readdirSync(root, { recursive: true }).filter((name) => /broken/.test(name));
console.log(
  table(
    ['operation', 'changes', 'median ms', 'p99 ms', 'max ms'],
    [...times].map(([name, all]) => [
      name,
      all.length,
      ...[0.5, 0.99, 1].map((at) => quantile(all, at).toFixed(1)),
    ]),
  ),
);
for (const [text, count] of refused) console.log(`refused ${count} times: ${text}`);
console.log(
  `${both.reduce((sum, { acknowledged }) => sum + acknowledged, 0)} changes acknowledged, ${killed} kills, ${batch.runs} batches`,
);
for (const text of missing) console.log(`LOST: ${text}`);
const good = missing.length === 0 && aside.length === 0 && characters === 200 && batch.lost === 0;
console.log(
  good
    ? 'every acknowledged change is in the files'
    : `FAILED ${JSON.stringify({ aside, characters, batch })}`,
);
process.exitCode = good ? 0 : 1;
