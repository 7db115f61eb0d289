import { hash, randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * What tells this machine's processes from others': containers may share a name, and count their processes from 1 each.
 * Where Linux does not say, the name has to do.
 */
function machineId(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
    return `${hostname()}/${hash('sha256', `${boot} ${readlinkSync('/proc/self/ns/pid')}`, 'hex').slice(0, 8)}`;
  } catch {
    return hostname();
  }
}

const machine = machineId();

/** Names this process, and this start of it, in a lease. */
export const processOwner = `${machine}:${process.pid}:${randomUUID()}`;

/** The process's number on its machine, of what stands in a lease. */
export const pidOf = (owner: string): number | null => Number(owner.split(':').at(-2)) || null;

/** True where a lease's process is surely over: on this machine, and gone. On another machine only time can tell. */
export function isOver(owner: string): boolean {
  const [host, pid] = [
    owner.slice(0, owner.lastIndexOf(':', owner.lastIndexOf(':') - 1)),
    owner.split(':').at(-2),
  ];
  if (host !== machine) return false;
  if (owner === processOwner) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
