import { hash, randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Identifies this machine. Containers may share a host name, and each has its own process ids, so the id includes
 * Linux's boot id and process namespace. On other systems, the host name is used.
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

/** The owner of this process's leases; unique for each start of the process. */
export const processOwner = `${machine}:${process.pid}:${randomUUID()}`;

/** The process id in a lease's owner. */
export const pidOf = (owner: string): number | null => Number(owner.split(':').at(-2)) || null;

/** True if a lease's process ran on this machine and has exited. For other machines, only the lease's time tells. */
export function hasExited(owner: string): boolean {
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
