import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isRefusedAddress } from './address.ts';
import { isLoopback } from './origin.ts';
import { isPrivateAddress } from './own-networks.ts';

/**
 * This machine, whatever its resolver returns (RFC 6761). A server may listen on only one of the two
 * addresses.
 */
const thisMachine: LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

const refusal = (message: string) => Object.assign(new Error(message), { code: 'EADDRREFUSED' });

/**
 * A DNS lookup that rejects addresses after resolution, when the address to be called is known.
 * @param problemOf why an address must not be called, worded to follow the name and the address
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

/** Used for every address: rejects link-local and metadata addresses, whatever their name. */
export const guardedLookup = lookupWith((address) =>
  isRefusedAddress(address) ? ', a link-local or metadata address' : null,
);

/** Used for the user's own networks: a name there has to resolve to a private address. */
export const ownNetworkLookup = lookupWith((address) =>
  isPrivateAddress(address) && !isRefusedAddress(address)
    ? null
    : ', which is not a private address: it is not in your own network, so remove it from your own networks',
);
