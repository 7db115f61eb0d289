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
    needKey: (count: number) =>
      plural(count, { one: '1 server asks for a key', other: `${count} servers ask for a key` }),
    failing: (count: number) =>
      plural(count, {
        one: '1 address answers without a model list',
        other: `${count} addresses answer without a model list`,
      }),
    status: {
      found: 'answers',
      needs_key: 'asks for a key',
      nothing: 'nothing there',
      error: 'answers without a model list',
    },
    advice: {
      nothing: (adapter: string) =>
        adapter === 'lmstudio'
          ? 'Start the server in LM Studio (Developer page), or correct the address.'
          : adapter === 'ollama'
            ? 'Start Ollama (ollama serve), or correct the address.'
            : 'Start the server, or correct the address.',
      error: () => 'Check that the address belongs to a model server and includes its version, such as /v1.',
    },
    openAddress: 'Open its address',
    addServer: 'Add a server',
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
