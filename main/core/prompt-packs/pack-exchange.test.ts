import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testCore, type TestCore } from '../__fixtures__/test-core.ts';
import { edited, lastMessage } from './__fixtures__/edited.ts';

const config = 'config/llm';

/** Every file under a folder with its bytes. */
function bytes({ root }: TestCore, folder = `${config}/packs`): Record<string, string> {
  const at = join(root, folder);
  if (!existsSync(at)) return {};
  const files = readdirSync(at, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(at.length), readFileSync(path, 'utf8')];
    }),
  );
}

describe('an exported pack that is imported', () => {
  test('has the same bytes, alone and in an export of everything', async () => {
    const from = testCore();
    await from.ask('packs.save', { content: edited() });
    await from.ask('packs.duplicate', { module: 'narrator' });
    await from.ask('presets.create', {
      module: 'translate',
      preset: { id: 'mine', provider: 'stub', model: 'stub-echo' },
    });
    const all = await from.ask('presets.export', { scope: 'everything' });
    const to = testCore();
    const imported = await to.ask('presets.import', { document: all.text, mode: 'apply' });
    expect(imported.items.filter(({ what }) => what === 'pack')).toEqual([
      { module: 'translate', what: 'pack', id: 'Mine', outcome: 'added' },
      { module: 'narrator', what: 'pack', id: 'Narrator', outcome: 'added' },
    ]);
    expect(bytes(to)).toEqual(bytes(from));
    expect((await to.ask('presets.export', { scope: 'everything' })).text).toBe(all.text);

    const one = await from.ask('packs.export', { module: 'translate' });
    expect(one.file_name).toBe('comfyvn-prompt-pack-translate.json');
    const alone = testCore();
    await alone.ask('packs.import', { document: one.text, mode: 'apply' });
    expect(Object.keys(bytes(alone)).sort()).toEqual(
      Object.keys(bytes(from))
        .filter((f) => f.includes('translate'))
        .sort(),
    );
    expect((await alone.ask('packs.export', { module: 'translate' })).text).toBe(one.text);
  });

  test('is reported as equal or replaced, and is undone in one step', async () => {
    const made = testCore();
    await made.ask('packs.save', { content: edited() });
    const { text } = await made.ask('packs.export', { module: 'translate' });
    const preview = () => made.ask('packs.import', { document: text, mode: 'preview' });
    expect((await preview()).items).toMatchObject([{ outcome: 'same' }]);
    await made.ask('packs.save', { content: edited({ template: 'Mine: {{ line }}' }) });
    expect((await preview()).items).toMatchObject([{ outcome: 'replaced' }]);
    expect(await lastMessage(made)).toBe('Mine: X');
    await made.ask('packs.import', { document: text, mode: 'apply' });
    expect(await lastMessage(made)).toBe('Say: X');
    await made.ask('packs.undo');
    expect(await lastMessage(made)).toBe('Mine: X');
  });

  test('holds no key: what looks like one is redacted and listed', async () => {
    const key = 'sk-proj-abcdefghijklmnop0123';
    const planted = 'planted-secret-value-77';
    const made = testCore({ env: { OPENAI_API_KEY: planted } });
    await made.ask('registry.get');
    const samples = { first: { title: 'x', variables: { line: `use ${planted}` } } };
    await made.ask('packs.save', { content: edited({ system: `Key ${key} here.`, samples }) });
    for (const { text, left_out } of [
      await made.ask('packs.export', { module: 'translate' }),
      await made.ask('presets.export', { scope: 'everything' }),
    ]) {
      expect(text).not.toContain(key);
      expect(text).not.toContain(planted);
      expect(left_out.map(({ path }) => path)).toEqual([
        'packs[0].system',
        'packs[0].samples.first.variables.line',
      ]);
    }
  });

  test('becomes a user pack elsewhere if it was built in', async () => {
    const { text } = await testCore().ask('packs.export', { module: 'persona' });
    const made = testCore();
    await made.ask('packs.import', { document: text, mode: 'apply' });
    expect((await made.ask('packs.get', { module: 'persona' })).source).toBe('user');
  });
});

const document = (packs: unknown, overrides: object = {}) => ({
  kind: 'comfyvn-llm-panel/presets',
  version: 1,
  modules: {},
  packs,
  ...overrides,
});
const list = { name: 'list', type: 'array', required: true, description: 'd', sample: Array(3000).fill(0) };
const forever =
  '{% for a in list %}{% for b in list %}{% for c in list %}{% endfor %}{% endfor %}{% endfor %}';
const sample = (variables: object) => ({ s: { title: 'x', variables } });

describe('a broken or hostile file changes nothing and is reported', () => {
  const cases: [string, unknown, RegExp][] = [
    [
      'a path as module',
      document([edited({ file: { module: '../../../etc/cron' } })]),
      /pack\.module: small letters/,
    ],
    [
      'an absolute path',
      document([edited({ file: { module: '/etc/passwd' } })]),
      /pack\.module: small letters/,
    ],
    ['a path with a drive', document([edited({ file: { module: 'C:\\x' } })]), /pack\.module: small letters/],
    [
      'a path as sample',
      document([edited({ samples: { '../../../x': { title: 'x', variables: {} } } })]),
      /samples\.\.\.\/\.\.\/\.\.\/x/,
    ],
    [
      'a path with a backslash',
      document([edited({ samples: { '..\\x': { title: 'x', variables: {} } } })]),
      /samples/,
    ],
    [
      'a prototype key',
      JSON.stringify(document([edited()])).replace('"options":{', '"options":{"__proto__":{"x":1},'),
      /__proto__/,
    ],
    [
      'a prototype as sample',
      JSON.stringify(document([edited()])).replace('"first":', '"constructor":'),
      /constructor/,
    ],
    ['50 MB', JSON.stringify(document([edited({ system: 'x'.repeat(50_000_000) })])), /4 MB/],
    [
      'a megabyte of one template',
      document([edited({ system: 'x'.repeat(1_000_000) })]),
      /packs\[0\]\.system/,
    ],
    ['a template beyond the limit', document([edited({ system: 'x'.repeat(100_000) })]), /limit/],
    ['another version', document([edited()], { version: 2 }), /newer version/],
    ['a newer format of a pack', document([edited({ file: { format: 2 } })]), /packs\[0\]\.pack\.format/],
    ['21 packs', document(Array(21).fill(edited())), /packs/],
    ['packs that are strings', document('all'), /packs/],
    ['an include', document([edited({ template: '{% include "/etc/passwd" %}' })]), /"include" not found/],
    [
      'an endless template',
      document([
        edited({ file: { variables: [list] }, template: forever, samples: sample({ list: list.sample }) }),
      ]),
      /render limit/,
    ],
    ['a sample that does not fit', document([edited({ samples: sample({ line: 3 }) })]), /must be string/],
    [
      'a schema from another address',
      document([edited({ schema: { $ref: 'https://example.com/x' } })]),
      /remote reference/,
    ],
    [
      'one good pack, one bad',
      document([edited(), edited({ file: { module: 'narrator' }, template: '{{' })]),
      /1 of 2 are refused/,
    ],
    ['a duplicate module', document([edited(), edited({ system: 'other' })]), /twice/],
  ];
  test.each(cases)('%s', async (_what, input, reason) => {
    const made = testCore();
    await made.ask('packs.save', { content: edited({ system: 'Before.' }) });
    const before = bytes(made, config);
    const error = await made.refusal('packs.import', { document: input as string, mode: 'apply' });
    expect(error.message).toMatch(reason);
    expect(bytes(made, config)).toEqual(before);
    expect(await lastMessage(made)).toBe('Say: X');
  });

  test('the check of many slow packs ends early', async () => {
    const slow = Array.from({ length: 20 }, (_, n) =>
      edited({
        file: { module: `m${n}`, variables: [list] },
        template: forever,
        samples: sample({ list: list.sample }),
      }),
    );
    const made = testCore();
    const { items } = await made.ask('packs.import', { document: document(slow), mode: 'preview' });
    expect(items.every(({ outcome }) => outcome === 'refused')).toBe(true);
    expect(items.at(-1)?.reason).toContain('too long');
  });

  test('refused packs can be skipped on request', async () => {
    const made = testCore();
    const bad = edited({ file: { module: 'narrator' }, template: '{{' });
    const input = { document: document([edited(), bad]), mode: 'apply' as const, skip_refused: true };
    expect((await made.ask('packs.import', input)).applied).toBe(true);
    expect((await made.ask('packs.library')).mine.map(({ module }) => module)).toEqual(['translate']);
  });
});
