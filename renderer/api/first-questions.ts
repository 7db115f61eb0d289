import type { OperationsOfKind } from '../../contract/operations/table.ts';
import { operationQuery } from './operation-query.ts';
import { queryClient } from './query-client.ts';

type Query = OperationsOfKind<'query'>;

/** Queries that the frame and the Bench need; main answers them from memory. */
const firstQuestions: readonly Query[] = ['settings.get', 'registry.get', 'server.status'];

/** After this time the page is rendered without the answers, and shows what it is waiting for. */
const patienceMs = 150;

/**
 * Queries before the first render, so that the page is rendered once, with the answers. Resolves when they
 * have arrived, or after a time limit; a failure is shown where its data would be.
 */
export async function askFirst(): Promise<void> {
  const answers = firstQuestions.map((name) => queryClient.prefetchQuery(operationQuery<Query>(name, {})));
  await Promise.race([Promise.all(answers), new Promise((late) => setTimeout(late, patienceMs))]);
}
