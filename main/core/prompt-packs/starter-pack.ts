import type { PackContent } from '../../../contract/user-pack.ts';

/** The smallest possible pack: one variable, passed on. */
export function starterPack(module: string, title = module.replaceAll('_', ' ')): PackContent {
  return {
    pack: {
      module,
      title,
      version: '1.0.0',
      description: '',
      tags: [],
      options: {},
      variables: [
        {
          name: 'message',
          type: 'string',
          required: true,
          description: 'What the player says.',
          sample: 'Hello there.',
        },
      ],
      checks: [],
    },
    system: 'You write for a visual novel.\n',
    template: '{{ message }}\n',
    schema: { extends: 'module' },
    samples: {},
  };
}
