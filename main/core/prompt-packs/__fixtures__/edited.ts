import type { EditedPack } from '../../../../contract/user-pack.ts';
import type { TestCore } from '../../__fixtures__/test-core.ts';

/** A small pack that can be saved, with changes. */
export function edited(overrides: Partial<EditedPack> & { file?: Record<string, unknown> } = {}): EditedPack {
  const { file, ...parts } = overrides;
  return {
    pack: {
      module: 'translate',
      title: 'Mine',
      version: '1.0.0',
      description: '',
      tags: [],
      options: { max_tokens: 99 },
      variables: [{ name: 'line', type: 'string', required: true, description: 'A line.', sample: 'Hi' }],
      checks: [],
      ...file,
    },
    system: 'Be brief.\n',
    template: 'Say: {{ line }}\n',
    schema: { extends: 'module' },
    samples: { first: { title: 'First', variables: { line: 'Yo' } } },
    ...parts,
  };
}

/** What a module's pack sends now. */
export async function lastMessage({ ask }: TestCore, module = 'translate'): Promise<unknown> {
  const answer = await ask('packs.run', { module, variables: { line: 'X' } });
  return 'messages' in answer ? answer.messages.at(-1)?.content : undefined;
}
