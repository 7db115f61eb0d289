import type { OperationOutput, ParsedInput } from '../../../contract/operations/table.ts';
import { AppError } from '../lib/app-error.ts';
import type { SettingsStore } from '../lib/host/ports.ts';
import { originOf } from '../net/origin.ts';
import { ownNetworkProblem } from '../net/own-networks.ts';
import type { RegistryStore } from '../registry/registry-store.ts';

/**
 * Marks an origin as the user's own network, or as not; the registry is updated at once.
 * @throws AppError `invalid_request` for text that is not an origin, or for a public address or a vendor's
 * host marked as own
 */
export function markNetwork(
  { settings, registry }: { settings: SettingsStore; registry: RegistryStore },
  { origin: text, own }: ParsedInput<'providers.ownNetwork'>,
): OperationOutput<'providers.ownNetwork'> {
  const refuse = (problem: string) =>
    new AppError('invalid_request', `origin: ${problem}`, {
      fields: [{ path: 'origin', message: problem }],
    });
  const origin = /^https?:\/\//i.test(text) ? originOf(text) : null;
  if (origin === null) throw refuse('an origin is needed, such as http://192.168.1.20:1234');
  const problem = own ? ownNetworkProblem(origin) : null;
  if (problem) throw refuse(problem);
  const { own_networks, foreign_networks } = settings.get();
  const without = (list: readonly string[]) => list.filter((other) => other !== origin);
  settings.update({
    own_networks: own ? [...without(own_networks), origin] : without(own_networks),
    foreign_networks: own ? without(foreign_networks) : [...without(foreign_networks), origin],
  });
  registry.tryRefresh();
  const providers = [...registry.current.providers.values()].filter(({ base }) => originOf(base) === origin);
  return { origin, own, providers: providers.map(({ name }) => name) };
}
