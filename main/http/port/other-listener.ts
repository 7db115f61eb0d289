import type { Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { notice, type Notice } from '../../core/lib/notice.ts';

/**
 * How long an address may take to answer, in milliseconds. This machine answers at once, unless a firewall
 * drops the packets.
 */
const answerMs = 1000;
/** How long our own server may take to notice a new connection. */
const noticeMs = 250;

/** An address of this machine; callers who use `name` reach whatever listens there. */
interface Address {
  host: string;
  name: string;
}

/**
 * An address that only a program listening on all addresses has: on Windows and Linux all of 127.0.0.0/8 is
 * this machine.
 */
function wildcardAddress(platform: NodeJS.Platform): string | undefined {
  if (platform !== 'darwin') return '127.0.0.2';
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}

/** Addresses where another program might answer instead of this server. */
function addressesBeside(bound: string, platform: NodeJS.Platform): Address[] {
  const localhost = { host: '::1', name: 'localhost' };
  if (bound !== '127.0.0.1') return [{ host: '127.0.0.1', name: '127.0.0.1' }, localhost];
  const wildcard = wildcardAddress(platform);
  return [localhost, ...(wildcard ? [{ host: wildcard, name: "this machine's other addresses" }] : [])];
}

/** Whether a program other than this server answers there. Never throws. */
async function isAnotherProgram(servers: readonly Server[], host: string, port: number): Promise<boolean> {
  const ours = new Set<number | undefined>();
  const notice = ({ remotePort }: Socket) => void ours.add(remotePort);
  for (const server of servers) server.on('connection', notice);
  const socket = connect({ host, port });
  try {
    const connected = await new Promise<boolean>((resolve) => {
      socket.setTimeout(answerMs, () => resolve(false));
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    if (!connected) return false;
    const own = socket.localPort;
    const until = performance.now() + noticeMs;
    while (!ours.has(own) && performance.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 10));
    return !ours.has(own);
  } finally {
    for (const server of servers) server.off('connection', notice);
    socket.destroy();
  }
}

/**
 * Looks for a program that listens on the same port at another address of this machine, which Windows and
 * macOS allow. Callers who use that address reach it instead of this server.
 * @param server the listening server
 * @param twin the same program's server at `::1`
 * @returns a warning; null if there is no such program
 */
export async function otherListener(
  server: Server,
  twin?: Server,
  platform: NodeJS.Platform = process.platform,
): Promise<Notice | null> {
  const ours = twin ? [server, twin] : [server];
  const { address, port } = server.address() as AddressInfo;
  for (const { host, name } of addressesBeside(address, platform))
    if (await isAnotherProgram(ours, host, port)) {
      const call = address === '127.0.0.1' ? `http://127.0.0.1:${port}` : null;
      const advice = call === null ? 'Give' : `Call ${call}, or give`;
      const message = `another program listens on port ${port} too: calls to ${name} reach it, not this server. ${advice} one of the two another port`;
      return notice('other_listener', { port, host: name.includes(' ') ? null : name, call }, message);
    }
  return null;
}
