import type { OperationName, OperationsOfKind } from '../../contract/operations/table.ts';

/**
 * `touches` of the operation table for the commands that the panel gives: repeated here so that the table (and
 * zod with it) stays out of the first script. A test holds the two together.
 */
export const touchedQueries = {
  'registry.refresh': ['registry.get', 'server.status'],
  'runtime.register': ['runtime.list', 'registry.get'],
  'runtime.remove': ['runtime.list', 'registry.get'],
  'server.listen': ['server.status'],
  'features.set': ['features.get', 'registry.get'],
  'settings.update': ['settings.get'],
} satisfies Partial<Record<OperationsOfKind<'command'>, readonly OperationName[]>>;

/** A command that a component may give by `useCommand`. */
export type PanelCommand = keyof typeof touchedQueries;
