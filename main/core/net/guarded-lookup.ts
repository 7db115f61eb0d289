import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isRefusedAddress } from './address.ts';
import { isLoopback } from './origin.ts';
import { isPrivateAddress } from './own-networks.ts';

/** This machine, whatever its resolver says (RFC 6761): a server may listen on one of the two only. */
const thisMachine: LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

const refusal = (message: string) => Object.assign(new Error(message), { code: 'EADDRREFUSED' });

/**
 * A look-up that refuses a name at the last moment it can be: when the address is known that would be called.
 * @param problemOf why an address is not called, to be read after the name and the address
 */
function lookupWith(problemOf: (address: string) => string | null): LookupFunction {
  return (hostname, options, callback) => {
    if (isLoopback(hostname)) {
      const wanted = thisMachine.filter(({ family }) => !options.family || options.family === family);
      const [first] = wanted;
      if (options.all) callback(null, wanted);
      else callback(null, first?.address ?? '127.0.0.1', first?.family ?? 4);
      return;
    }
    lookup(hostname, options, (error, address, family) => {
      if (error) return callback(error, address as string & LookupAddress[], family);
      const found = Array.isArray(address) ? (address as LookupAddress[]) : [{ address: address as string }];
      for (const { address: each } of found) {
        const problem = problemOf(each);
        if (problem) return callback(refusal(`${hostname} resolves to ${each}${problem}`), '', 4);
      }
      callback(null, address as string & LookupAddress[], family);
    });
  };
}

/** For every address: no link-local or metadata address, whatever name it has. */
export const guardedLookup = lookupWith((address) =>
  isRefusedAddress(address) ? ', a link-local or metadata address' : null,
);

/** For what is marked as one's own network: a name there has to lead to a private address. */
export const ownNetworkLookup = lookupWith((address) =>
  isPrivateAddress(address) && !isRefusedAddress(address)
    ? null
    : ', which is no private address: it is not in your own network, and its mark has to go',
);
