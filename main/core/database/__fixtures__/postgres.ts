import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';

/** Part of every address; it must not appear anywhere else. */
export const plantedPassword = 'planted-pg-9kQ2xV7mB4';

const debian = '/usr/lib/postgresql';

/** The folder of PostgreSQL's programs: from `npm test`, else Debian's newest. Null if there is none. */
function binaries(): string | null {
  const named = process.env['PANEL_POSTGRES'];
  if (named) return named;
  // Under wine, Windows' Node sees Debian's folder but cannot start its programs.
  const isDebian = process.platform === 'linux' && existsSync(debian);
  const versions = isDebian ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  return (
    versions
      .map((version) => join(debian, version, 'bin'))
      .find((folder) => existsSync(join(folder, 'initdb'))) ?? null
  );
}

const postgresFolder = binaries();
if (!postgresFolder)
  console.warn(
    'No PostgreSQL: its tests are skipped (apt-get install postgresql, or PANEL_POSTGRES=folder of initdb)',
  );

/** True if the PostgreSQL tests cannot run. Never under CI, where they fail instead. */
export const withoutPostgres = !postgresFolder && process.env['CI'] !== 'true';

function idOf(option: '-u' | '-g', user: string): number | null {
  const { status, stdout } = spawnSync('id', [option, user], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : null;
}

/** PostgreSQL refuses to run as root, so it runs as its package's user, or as nobody. */
function owner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const nobody = 65_534;
  return { uid: idOf('-u', 'postgres') ?? nobody, gid: idOf('-g', 'postgres') ?? nobody };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

/** A database server for the tests of one file. */
export class PostgresServer {
  readonly #bin: string;
  readonly #folder: string;
  readonly #as: ReturnType<typeof owner>;
  readonly #port: number;
  #process: ChildProcess | undefined;
  #databases = 0;

  private constructor(bin: string, folder: string, as: ReturnType<typeof owner>, port: number) {
    [this.#bin, this.#folder, this.#as, this.#port] = [bin, folder, as, port];
  }

  static async start(): Promise<PostgresServer> {
    if (!postgresFolder)
      throw new Error('there is no PostgreSQL here, and CI=true: install the package postgresql');
    const as = owner();
    const folder = mkdtempSync(join(tmpdir(), 'llm-panel-pg-'));
    if (as) chownSync(folder, as.uid, as.gid);
    const args = [
      '-D',
      join(folder, 'data'),
      '-U',
      'panel',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
    ];
    const { status, stderr } = spawnSync(join(postgresFolder, 'initdb'), args, {
      ...as,
      cwd: folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`initdb failed: ${stderr}`);
    const server = new PostgresServer(postgresFolder, folder, as, await freePort());
    await server.resume();
    return server;
  }

  /** Starts it; also after `halt`. */
  async resume(): Promise<void> {
    const options = [
      'fsync=off',
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=${this.#folder}`,
    ].flatMap((o) => ['-c', o]);
    const args = ['-D', join(this.#folder, 'data'), '-p', String(this.#port), ...options];
    // Ends with the test run, even if that is killed.
    const withParent = existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'INT'] : [];
    const [command = '', ...rest] = [...withParent, join(this.#bin, 'postgres'), ...args];
    const child = spawn(command, rest, {
      ...this.#as,
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process = child;
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stderr })) {
      lines.push(line);
      if (line.includes('ready to accept connections')) break;
    }
    child.stderr.resume();
    if (child.exitCode !== null) throw new Error(`postgres ended: ${lines.join('\n')}`);
  }

  /** Stops it at once, dropping connections. */
  async halt(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGQUIT');
    await ended;
  }

  /** Creates an empty database and returns its address. */
  async newDatabase(): Promise<string> {
    const name = `panel_${++this.#databases}`;
    const admin = new Client({ host: '127.0.0.1', port: this.#port, user: 'panel', database: 'postgres' });
    await admin.connect();
    await admin.query(`create database ${name}`);
    await admin.end();
    return `postgres://panel:${plantedPassword}@127.0.0.1:${this.#port}/${name}`;
  }

  async stop(): Promise<void> {
    await this.halt();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

let server: PostgresServer | undefined;
afterAll(() => server?.stop());

/** The server for this file's tests, started with the first `describe` that uses it. */
export function usePostgres(): () => PostgresServer {
  beforeAll(async () => {
    if (!withoutPostgres) server ??= await PostgresServer.start();
  }, 60_000);
  return () => {
    if (!server) throw new Error('PostgreSQL is not running');
    return server;
  };
}
