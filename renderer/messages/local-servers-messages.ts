import { liveMessages } from '../i18n/live-messages.ts';
import { plural } from '../i18n/plural.ts';

/** Looking for model servers on this machine, in whichever view it is offered. */
export const localServersMessages = liveMessages('localServers', {
  localServers: {
    title: 'Local servers',
    look: 'Look for local servers',
    again: 'Look again',
    looking: 'Looking, one second at most…',
    intro:
      'Asks addresses of this computer only: where LM Studio and Ollama usually listen, and where your providers say.',
    found: (count: number) =>
      count === 0
        ? 'Nothing was found.'
        : plural(count, { one: '1 server found', other: `${count} servers found` }),
    status: { found: 'answers', nothing: 'nothing there', error: 'no model server' },
    models: (count: number) => plural(count, { one: '1 model', other: `${count} models` }),
    noModels: 'It has no models yet: load or pull one there, then look again.',
    model: 'Model',
    tryIt: 'Try on Bench',
    keep: 'Keep the list',
    keepHint: 'Adds its models to the registry; what is there stays as it is',
    allKnown: 'The registry has all of its models already',
    makeActive: 'Make active for…',
    kept: (count: number, label: string) =>
      plural(count, {
        one: `1 model of ${label} is in the registry now`,
        other: `${count} models of ${label} are in the registry now`,
      }),
    nothingNew: (label: string) => `The registry has all models of ${label} already`,
    serves: (model: string, module: string) => `${module} now uses ${model}`,
  },
});
