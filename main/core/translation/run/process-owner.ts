import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** Names this process, and this start of it, in a lease. */
export const processOwner = `${hostname()}:${process.pid}:${randomUUID()}`;

/** True where a lease's process is surely over: on this machine, and gone. On another machine only time can tell. */
export function isOver(owner: string): boolean {
  const [host, pid] = [
    owner.slice(0, owner.lastIndexOf(':', owner.lastIndexOf(':') - 1)),
    owner.split(':').at(-2),
  ];
  if (host !== hostname()) return false;
  if (owner === processOwner) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
