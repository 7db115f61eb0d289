import type { OperationsOfKind } from '../../contract/operations/table.ts';
import { operationQuery } from './operation-query.ts';
import { queryClient } from './query-client.ts';

type Query = OperationsOfKind<'query'>;

/** What the frame and the Bench cannot be drawn without; main answers these from memory. */
const firstQuestions: readonly Query[] = ['settings.get', 'registry.get', 'server.status'];

/** After this long the page is drawn without the answers: it says then what it waits for. */
const patienceMs = 150;

/**
 * Asks before the page is first drawn, not after: it is drawn once, with the answers in it. Resolves when they are
 * there, or when the page should wait no longer; a failure is reported where its data is shown.
 */
export async function askFirst(): Promise<void> {
  const answers = firstQuestions.map((name) => queryClient.prefetchQuery(operationQuery<Query>(name, {})));
  await Promise.race([Promise.all(answers), new Promise((late) => setTimeout(late, patienceMs))]);
}
