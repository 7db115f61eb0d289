import { isIP } from 'node:net';
import { Client } from 'pg';

/** This machine itself: a socket file, `localhost`, 127.0.0.0/8 or ::1. */
function isThisMachine(host: string, isSocket: boolean): boolean {
  if (isSocket || host.startsWith('/') || host.toLowerCase() === 'localhost') return true;
  const address = host.toLowerCase().replace(/^::ffff:/, '');
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}

/**
 * Uses the driver's own parsing: address and TLS come from the URL, its parameters and `PG…` variables.
 * @throws Error for a PostgreSQL on another machine without TLS: texts, costs and the password would be sent
 * unencrypted
 */
export function requireTls(url: string): void {
  const { host, ssl, connectionParameters } = new Client({ connectionString: url }) as Client & {
    connectionParameters: { isDomainSocket: boolean };
  };
  if (ssl || isThisMachine(host, connectionParameters.isDomainSocket)) return;
  throw new Error(
    `the connection to ${host} is not encrypted: add ?sslmode=verify-full to the address, and &sslrootcert=FILE for a certificate authority of your own (sslmode=no-verify encrypts without checking whom it talks to)`,
  );
}
