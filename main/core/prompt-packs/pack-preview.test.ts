import { describe, expect, test } from 'vitest';
import { testCore } from '../__fixtures__/test-core.ts';
import { edited } from './__fixtures__/edited.ts';

const two = { name: 'tone', type: 'string', required: false, description: 'How.', sample: 'dry' };
const list = { name: 'list', type: 'array', required: true, description: 'd', sample: Array(3000).fill(0) };
const forever =
  '{% for a in list %}{% for b in list %}{% for c in list %}{% endfor %}{% endfor %}{% endfor %}';

describe('an unsaved pack', () => {
  test('is rendered with its own samples or the given values, and its tokens counted', async () => {
    const made = testCore();
    const content = edited();
    const shown = await made.ask('packs.preview', { content });
    expect(shown).toMatchObject({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Say: Hi' },
      ],
      problems: [],
      uses: [{ name: 'line', file: 'template.md', line: 1, column: 9 }],
      schema: { required: ['detected_language', 'translation'] },
    });
    expect(shown.tokens).toBeGreaterThan(5);
    const given = await made.ask('packs.preview', { content, variables: { line: 'Yo' } });
    expect(given.messages?.at(-1)?.content).toBe('Say: Yo');
    expect((await made.ask('packs.library')).mine).toEqual([]);
  });

  test('renders the same as after it is saved', async () => {
    const made = testCore();
    const { content } = await made.ask('packs.source', { module: 'narrator' });
    const { samples } = await made.ask('packs.get', { module: 'narrator' });
    const variables = samples[0]?.variables ?? {};
    const preview = await made.ask('packs.preview', { content, variables });
    const run = await made.ask('packs.run', { module: 'narrator', variables });
    expect(preview.messages).toEqual('messages' in run && run.messages);
    expect(preview.problems).toEqual([]);
  });
});

describe('each error has its position', () => {
  const cases: [string, Parameters<typeof edited>[0], Record<string, unknown> | undefined, object][] = [
    ['a missing value', {}, {}, { file: 'values', path: 'line', message: 'missing (string)' }],
    [
      'a value of the wrong type',
      {},
      { line: 3 },
      { file: 'values', path: 'line', message: 'must be string' },
    ],
    ['an extra value', {}, { line: 'a', lien: 'b' }, { file: 'values', path: 'lien' }],
    [
      'an unclosed tag',
      { template: 'a\n{% if line %}' },
      undefined,
      { file: 'template.md', line: 2, column: 1 },
    ],
    [
      'a list written as a string',
      { file: { variables: [list] }, template: 'a\n  {{ list }}' },
      undefined,
      { file: 'template.md', line: 2, column: 3 },
    ],
    [
      'an undeclared variable, once',
      { template: '{{ line }} {{ lien }}' },
      undefined,
      { file: 'template.md', line: 1, column: 15 },
    ],
    [
      'a truncated schema',
      { schema: '{"extends": "module"' },
      undefined,
      { file: 'output.schema.json', line: 1, column: 21 },
    ],
    [
      'a stray word in the schema',
      { schema: '{\n  "extends": modul\n}' },
      undefined,
      { file: 'output.schema.json', line: 2, column: 14 },
    ],
  ];
  test.each(cases)('%s', async (_what, overrides, variables, problem) => {
    const made = testCore();
    const { problems } = await made.ask('packs.preview', {
      content: edited({ samples: {}, ...overrides }),
      variables,
    });
    expect(problems).toEqual([expect.objectContaining(problem)]);
  });

  test('a broken schema does not hide the rest', async () => {
    const made = testCore();
    const shown = await made.ask('packs.preview', { content: edited({ schema: '{' }) });
    expect(shown.messages?.at(-1)?.content).toBe('Say: Hi');
    expect(shown.schema).toBeNull();
  });

  test('an endless template is stopped, and its samples are not tried one by one', async () => {
    const made = testCore();
    const samples = Object.fromEntries(
      Array.from({ length: 20 }, (_, n) => [`s${n}`, { title: 'x', variables: { list: list.sample } }]),
    );
    const content = edited({ file: { variables: [list] }, template: forever, samples });
    const begun = performance.now();
    const { messages, problems } = await made.ask('packs.preview', { content });
    expect(messages).toBeNull();
    expect(problems.map(({ message }) => message).join()).toContain('render limit');
    // At most two renderings of a second each, not twenty.
    expect(performance.now() - begun).toBeLessThan(12_000);
  });

  test('an include reads no file', async () => {
    const made = testCore();
    const content = edited({ template: '{% include "../../../../etc/passwd" %}' });
    const { messages, problems } = await made.ask('packs.preview', { content });
    expect([messages, problems]).toEqual([
      null,
      [expect.objectContaining({ message: expect.stringContaining('"include" not found') })],
    ]);
  });

  test('a variable that no template uses is no error', async () => {
    const made = testCore();
    const variables = [...(edited().pack['variables'] as object[]), two];
    const { problems, uses } = await made.ask('packs.preview', { content: edited({ file: { variables } }) });
    expect([problems, uses.map(({ name }) => name)]).toEqual([[], ['line']]);
  });
});
