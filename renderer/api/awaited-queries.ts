import type { OperationName, OperationsOfKind } from '../../contract/operations/table.ts';

type Command = OperationsOfKind<'command'>;

/**
 * Queries whose new results a component needs before it continues after a command: a new adapter is selected
 * once it is in the list. Everything else that a command touches is refreshed by main's `stale` events.
 */
export const awaitedQueries: { readonly [N in Command]?: readonly OperationName[] } = {
  'registry.refresh': ['registry.get'],
  'runtime.register': ['registry.get'],
  'runtime.remove': ['registry.get'],
  'providers.ownNetwork': ['registry.get'],
  'server.listen': ['server.status'],
  'server.start': ['server.status'],
  'server.stop': ['server.status'],
  'server.configure': ['server.access', 'server.status'],
  'server.requireToken': ['server.access'],
  'features.set': ['registry.get', 'features.get'],
  'settings.update': ['settings.get'],
  'translate.create': ['translate.list'],
  'translate.configure': ['translate.get'],
  'translate.remove': ['translate.list'],
  'files.repair': ['files.broken'],
  'files.restore': ['files.broken'],
  'presets.create': ['presets.list'],
  'presets.update': ['presets.list'],
  'presets.duplicate': ['presets.list'],
  'presets.activate': ['presets.list'],
  'presets.reset': ['presets.list'],
  'presets.remove': ['presets.list'],
  'presets.undo': ['presets.list'],
  'presets.import': ['presets.list'],
  'sillytavern.import': ['presets.list'],
};
