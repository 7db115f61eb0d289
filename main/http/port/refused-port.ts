import { createServer, type AddressInfo, type Server } from 'node:net';

/** Why a port is not available, and a port that is. */
export interface RefusedPort {
  code: 'port_in_use' | 'cannot_listen';
  message: string;
  try_port: number | null;
}

/** How many ports after a taken one are tried. */
const nextPorts = 20;
/**
 * Windows reserves ports in blocks of a hundred, often several in a row; systems reserve the first 1024 for
 * the administrator.
 */
const nextPortsBeyondRange = 1200;

/** Listens; rejects with the system's error. Brackets around an IPv6 address are removed. */
export function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: host.replace(/^\[|\]$/g, ''), port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/**
 * Listens for a moment.
 * @returns the port, null if it is not available
 */
async function tryPort(host: string, port: number): Promise<number | null> {
  const probe = createServer();
  const free = await bind(probe, host, port).then(
    () => (probe.address() as AddressInfo).port,
    () => null,
  );
  if (free !== null) await new Promise((resolve) => probe.close(resolve));
  return free;
}

/**
 * A free port after this one, else one that the system assigns; null if the address itself is not available.
 */
async function freePort(host: string, port: number, count: number): Promise<number | null> {
  for (let candidate = port + 1; candidate <= Math.min(port + count, 65535); candidate++)
    if ((await tryPort(host, candidate)) !== null) return candidate;
  return tryPort(host, 0);
}

function reasonFor(cause: NodeJS.ErrnoException, port: number, platform: NodeJS.Platform): string {
  if (cause.code === 'EADDRINUSE') return 'is taken by another program';
  if (cause.code !== 'EACCES') return `is not available (${cause.message})`;
  if (platform === 'win32')
    return (
      'is refused by Windows (EACCES). It is in a range reserved for Hyper-V, WSL or Docker ' +
      '("netsh interface ipv4 show excludedportrange protocol=tcp" lists them), or another program uses it exclusively'
    );
  return port < 1024
    ? 'is one that only an administrator may open (EACCES)'
    : 'is refused by the system (EACCES)';
}

/**
 * The error message for a port that the system refused.
 * @param cause the error from listening
 * @param platform the platform whose rules apply
 */
export async function refusedPort(
  cause: NodeJS.ErrnoException,
  { host, port }: { host: string; port: number },
  platform: NodeJS.Platform = process.platform,
): Promise<RefusedPort> {
  const code = cause.code === 'EADDRINUSE' ? 'port_in_use' : 'cannot_listen';
  const offered = await freePort(host, port, cause.code === 'EACCES' ? nextPortsBeyondRange : nextPorts);
  const free = offered === null ? '' : ` (${offered} is free)`;
  const message = `port ${port} on ${host} ${reasonFor(cause, port, platform)}: choose another${free} with --port or COMFYVN_LLM_PORT`;
  return { code, message, try_port: offered };
}
