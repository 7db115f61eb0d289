import type { OperationName, OperationOutput, ParsedInput } from '../../../contract/operations/table.ts';
import type { RequestContext } from '../lib/request-context.ts';
import type { SetService } from './sets/set-service.ts';
import type { TrialService } from './trial-service.ts';

type TrialName = Extract<OperationName, `trials.${string}`>;

/** One handler for each operation of trials. */
export type TrialHandlers = {
  [N in TrialName]: (input: ParsedInput<N>, context: RequestContext) => Promise<OperationOutput<N>>;
};

/** Both services of trials. */
export interface Trials {
  trials: TrialService;
  sets: SetService;
}

/**
 * Handlers for the table of operations.
 * @param service creates the services on first use, because sets and scores are not needed at start-up
 */
export function trialHandlers(service: () => Promise<Trials>): TrialHandlers {
  const trials = async () => (await service()).trials;
  const sets = async () => (await service()).sets;
  return {
    'trials.sets': async (input) => (await sets()).list(input),
    'trials.importSet': async (input) => (await sets()).import(input),
    'trials.fromProject': async (input) => (await sets()).fromProject(input),
    'trials.removeSet': async (input) => (await sets()).remove(input),
    'trials.plan': async (input, context) => (await trials()).plan(input, context),
    'trials.start': async (input, context) => (await trials()).start(input, context),
    'trials.resume': async (input, context) => (await trials()).resume(input, context),
    'trials.cancel': async (input) => (await trials()).cancel(input),
    'trials.list': async () => (await trials()).list(),
    'trials.get': async (input) => (await trials()).get(input),
    'trials.remove': async (input) => (await trials()).remove(input),
    'trials.ballot': async (input) => (await trials()).ballot(input),
    'trials.vote': async (input) => (await trials()).vote(input),
    'trials.judgePlan': async (input, context) => (await trials()).judgePlan(input, context),
    'trials.judge': async (input, context) => (await trials()).judge(input, context),
    'trials.export': async (input) => (await trials()).export(input),
    'trials.ranks': async (input) => (await trials()).ranks(input),
  };
}
