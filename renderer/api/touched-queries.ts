import type { OperationName, OperationsOfKind } from '../../contract/operations/table.ts';

/**
 * `touches` of the operation table, repeated so that the table (and zod with it) stays out of the first script.
 * A test holds the two together.
 */
export const touchedQueries: Record<OperationsOfKind<'command'>, readonly OperationName[]> = {
  'registry.refresh': ['registry.get', 'server.status'],
  'runtime.register': ['runtime.list', 'registry.get'],
  'runtime.remove': ['runtime.list', 'registry.get'],
  'chat.send': [],
  'chat.test': [],
  'server.listen': ['server.status'],
  'features.set': ['features.get', 'registry.get'],
  'settings.update': ['settings.get'],
};
