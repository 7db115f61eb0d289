import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findPostgres } from '../../scripts/support/find-postgres.mjs';

const numberOf = (option, user) => {
  const { status, stdout } = spawnSync('id', [option, user], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : 65_534;
};

/** PostgreSQL refuses to run as root, so it then runs as the user `postgres`, or as nobody. */
const owner = () =>
  process.getuid?.() === 0 ? { uid: numberOf('-u', 'postgres'), gid: numberOf('-g', 'postgres') } : {};

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

/**
 * Starts a PostgreSQL for one measurement, behind a relay that can interrupt connections.
 * @param {string[]} more further settings, `name=value`
 * @returns null if PostgreSQL is not installed
 */
export async function startPostgres(more = []) {
  const bin = findPostgres();
  if (!bin) return null;
  const as = owner();
  const folder = mkdtempSync(join(tmpdir(), 'llm-panel-pg-'));
  if (as.uid !== undefined) chownSync(folder, as.uid, as.gid);
  const data = join(folder, 'data');
  const init = ['-D', data, '-U', 'panel', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const initialized = spawnSync(join(bin, 'initdb'), init, { ...as, cwd: folder, encoding: 'utf8' });
  if (initialized.status !== 0) throw new Error(`initdb failed: ${initialized.stderr}`);
  const port = await freePort();
  let child;

  async function resume() {
    const settings = [
      'fsync=off',
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=${folder}`,
      ...more,
    ];
    const args = ['-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])];
    child = spawn(join(bin, 'postgres'), args, { ...as, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    for await (const line of createInterface({ input: child.stderr }))
      if (line.includes('ready to accept connections')) break;
    child.stderr.resume();
    if (child.exitCode !== null) throw new Error('postgres did not start');
  }

  /** Stops PostgreSQL immediately, like a crash. */
  async function halt() {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGQUIT');
    await ended;
  }

  await resume();
  const relay = await startRelay(port);
  const end = () => child.kill('SIGQUIT');
  process.on('exit', end);
  return {
    url: `postgres://panel@127.0.0.1:${relay.port}/postgres`,
    /** Without the relay. */
    directUrl: `postgres://panel@127.0.0.1:${port}/postgres`,
    /** The main server process, the parent of all others. */
    pid: () => child.pid,
    halt,
    resume,
    setConnection: relay.setConnection,
    async stop() {
      relay.close();
      await halt();
      process.off('exit', end);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A relay between the server and its database. States: `open`, `cut` (connections break and are refused) and `silent` (no
 * bytes pass).
 */
async function startRelay(target) {
  const pairs = new Set();
  let state = 'open';
  const relay = createServer((near) => {
    near.on('error', () => {});
    if (state === 'cut') return void near.destroy();
    const far = connect(target, '127.0.0.1');
    far.on('error', () => near.destroy());
    const pair = [near, far];
    pairs.add(pair);
    for (const socket of pair)
      socket.once('close', () => {
        pairs.delete(pair);
        for (const each of pair) each.destroy();
      });
    near.on('data', (bytes) => void (state === 'open' && far.write(bytes)));
    far.on('data', (bytes) => void (state === 'open' && near.write(bytes)));
    return undefined;
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const breakAll = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  return {
    port: relay.address().port,
    /** Leaving `silent` breaks all connections, because they have lost bytes. */
    setConnection(next) {
      if (next !== 'silent' && state !== next) breakAll();
      state = next;
    },
    close() {
      breakAll();
      relay.close();
    },
  };
}
