import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { testCore } from '../../__fixtures__/test-core.ts';

const folder = 'config/llm/providers';
const box = { name: 'box', adapter: 'openai_compat', base: 'http://127.0.0.1:9/v1' };
const secret = 'sk-hand-written-0123456789';

/** How a provider's file is called to people: as their system writes paths. */
const shownAs = (name: string) => join(folder, name);

/** A core with one file, which is broken unless the test says otherwise. */
function withFile(path: string, content: string | object) {
  const made = testCore({ files: { [path]: content } });
  const file = join(made.root, path);
  const text = () => readFileSync(file, 'utf8');
  return { ...made, file, text, broken: async () => (await made.ask('files.broken')).files };
}

const broken: [string, string, string | object, number, RegExp][] = [
  ['a missing comma', `${folder}/box.json`, '{\n  "name": "box"\n  "base": "x"\n}', 3, /comma/],
  ['a missing brace', `${folder}/box.json`, '{\n  "name": "box"\n', 3, /brace/],
  ['a missing field', `${folder}/box.json`, '{\n  "name": "box",\n  "base": "x"\n}', 1, /expected/],
  [
    'a value of the wrong type',
    `${folder}/box.json`,
    '{\n  "name": "box",\n  "adapter": "stub",\n  "base": 7\n}',
    4,
    /string expected/,
  ],
  ['a limit in words', 'panel.json', '{\n  "theme": "dark",\n  "daily_budget_usd": "two"\n}', 3, /number/],
  ['invalid presets', 'config/llm/presets/translate.json', '{\n"version": 1,\n"presets": 3}', 3, /array/],
  ['the overlay of another provider', 'config/llm/overlays/box.json', '[]', 1, /object/],
  ['flags that are not an object', 'config/comfyvn.json', '{\n"features": []}', 2, /flags/],
  ['a truncated template', 'config/llm/packs/translate/pack.json', '{"format"', 1, /property name/],
];

describe('a broken file', () => {
  test.each(broken)('with %s is listed with its line', async (_, path, content, line, message) => {
    const { broken: list, file } = withFile(path, content);
    const found = (await list()).find((one) => one.file === file);
    expect(
      found?.problems.some((p) => p.line === line && message.test(p.message)),
      JSON.stringify(found),
    ).toBe(true);
  });

  test('is listed with every problem', async () => {
    const made = testCore({
      files: {
        [`${folder}/a.json`]: { name: 'a', adapter: 'nothing', base: 7 },
        [`${folder}/b.json`]: '{"name": "b"\n"base": "c"\n',
        'panel.json': { theme: 'purple-ish', daily_budget_usd: [] },
      },
    });
    const { files } = await made.ask('files.broken');
    expect(files.map(({ shown, problems }) => [shown, problems.length])).toEqual([
      ['panel.json', 2],
      [shownAs('a.json'), 2],
      [shownAs('b.json'), 2],
    ]);
    expect(files[2]?.problems.map(({ message_detail: detail }) => detail)).toEqual([
      { code: 'syntax', values: { fault: 'no_comma' } },
      { code: 'syntax', values: { fault: 'no_brace' } },
    ]);
  });

  test('is the later one of two with the same name', async () => {
    const made = testCore({ files: { [`${folder}/a.json`]: box, [`${folder}/b.json`]: box } });
    const { files } = await made.ask('files.broken');
    expect(files.map(({ shown, effect }) => [shown, effect])).toEqual([[shownAs('b.json'), 'left_out']]);
  });

  test('leaves the list once it is valid again, without a restart', async () => {
    const { broken: list, write, ask } = withFile(`${folder}/box.json`, '{');
    expect(await list()).toHaveLength(1);
    write(`${folder}/box.json`, box);
    await ask('registry.refresh');
    expect(await list()).toEqual([]);
  });

  test('is not one with comments, trailing commas or a byte order mark', async () => {
    const { broken: list } = withFile(
      `${folder}/box.json`,
      `\uFEFF{ // mine\n${JSON.stringify(box).slice(1, -1)},\n}`,
    );
    expect(await list()).toEqual([]);
  });
});

const whole = (overrides: object) => ({ ...box, ...overrides });
const repairs: [string, string, string, object][] = [
  [
    'commas and quotes',
    `${folder}/box.json`,
    `{'name': 'box'\n adapter: "openai_compat",\n "base": "${box.base}"`,
    box,
  ],
  [
    'a field under another program’s name',
    `${folder}/box.json`,
    JSON.stringify({ name: 'box', adapter: 'openai_compat', base_url: box.base }),
    box,
  ],
  ['a misspelt field', `${folder}/box.json`, JSON.stringify({ ...box, timout: 30 }), whole({ timeout: 30 })],
  ['a misspelt value', `${folder}/box.json`, JSON.stringify({ ...box, adapter: 'openai-compat' }), box],
  [
    'a number in quotes',
    `${folder}/box.json`,
    JSON.stringify({ ...box, timeout: '30' }),
    whole({ timeout: 30 }),
  ],
  [
    'a boolean in quotes',
    `${folder}/box.json`,
    JSON.stringify({ ...box, enabled: 'True' }),
    whole({ enabled: true }),
  ],
  ['a limit with its currency', 'panel.json', '{"daily_budget_usd": "$1"}', { daily_budget_usd: 1 }],
  [
    'an unknown field of a preset',
    'config/llm/presets/translate.json',
    JSON.stringify({
      version: 1,
      active: null,
      presets: [{ id: 'mine', provider: 'stub', modle: 'stub', options: {}, notes: '' }],
      edits: {},
    }),
    {
      version: 1,
      active: null,
      presets: [{ id: 'mine', provider: 'stub', model: 'stub', options: {}, notes: '' }],
      edits: {},
    },
  ],
];

describe('Repair', () => {
  test.each(repairs)(
    'of %s makes the file valid, stores a copy, and can be undone',
    async (_, path, was, then) => {
      const { ask, broken: list, file, text } = withFile(path, was);
      const [offered] = await list();
      expect(offered?.repair?.length).toBeGreaterThan(0);
      const { copy, change } = await ask('files.repair', { file });
      expect(JSON.parse(text())).toEqual(then);
      expect(readFileSync(copy ?? '', 'utf8')).toBe(was);
      expect(await list()).toEqual([]);
      await ask('changes.undo', { change: change.id });
      expect(text()).toBe(was);
      expect(await list()).toHaveLength(1);
    },
  );

  test('of a file in UTF-16 is undone to the byte', async () => {
    const { ask, file } = withFile(`${folder}/box.json`, '{');
    const was = Buffer.from(`\uFEFF{"name": "box", "adapter": "stub" "base": "${box.base}"}`, 'utf16le');
    writeFileSync(file, was);
    const { change } = await ask('files.repair', { file });
    await ask('changes.undo', { change: change.id });
    expect(readFileSync(file)).toEqual(was);
  });

  test('preserves comments and everything else where only one field is wrong', async () => {
    const was = `{\n  // mine\n  "name": "box",\n  "adapter": "openai_compat",\n  "url": "${box.base}",\n}\n`;
    const { ask, file, text } = withFile(`${folder}/box.json`, was);
    await ask('files.repair', { file });
    expect(text()).toBe(was.replace('"url"', '"base"'));
  });

  test('is not offered where the intention is unclear, and changes nothing', async () => {
    const was = '{"name": "box", "adapter": "openai_compat"}';
    const { broken: list, refusal, file, text } = withFile(`${folder}/box.json`, was);
    expect((await list())[0]?.repair).toBeNull();
    expect((await refusal('files.repair', { file })).code).toBe('invalid_request');
    expect(text()).toBe(was);
  });

  test('never changes a file of ComfyVN’s', async () => {
    const { broken: list, refusal, file, text } = withFile('config/comfyvn.json', '{"features": {"a": true}');
    expect((await list())[0]).toMatchObject({ repair: null, last_good: null });
    expect((await refusal('files.repair', { file })).code).toBe('invalid_request');
    expect(text()).toBe('{"features": {"a": true}');
  });

  test('is refused for a file that is not broken', async () => {
    const made = testCore({ files: { 'notes.json': '{', [`${folder}/box.json`]: box } });
    for (const path of ['notes.json', `${folder}/box.json`, '../outside.json'])
      for (const name of ['files.repair', 'files.restore'] as const)
        expect((await made.refusal(name, { file: join(made.root, path) })).code).toBe('not_found');
  });

  test('shows no value that may be a key', async () => {
    const { broken: list } = withFile(
      `${folder}/box.json`,
      `{"name": "box", "adapter": "openai-compat", "base_url": "${box.base}",\n "headers": {"Authorization": "Bearer ${secret}"}`,
    );
    const found = await list();
    expect(found).toHaveLength(1);
    expect(JSON.stringify(found)).not.toContain(secret);
  });
});

describe('the last good copy', () => {
  /** A core whose file was valid and is broken now; the copy is made as soon as the file is watched. */
  async function brokenLater() {
    const made = withFile(`${folder}/box.json`, box);
    made.core.settle();
    const copy = join(made.root, 'data', 'last-good', folder, 'box.json');
    await vi.waitUntil(() => existsSync(copy), { timeout: 5000 });
    made.write(`${folder}/box.json`, '{');
    return { ...made, copy };
  }

  test('is restored, and the broken file stays beside it', async () => {
    const { ask, broken: list, file, text } = await brokenLater();
    expect((await list())[0]).toMatchObject({ last_good: expect.stringContaining('T') as unknown });
    const { copy } = await ask('files.restore', { file });
    expect([JSON.parse(text()), readFileSync(copy ?? '', 'utf8')]).toEqual([box, '{']);
    expect(await list()).toEqual([]);
  });

  test('is deleted with its file', async () => {
    const { copy, file } = await brokenLater();
    rmSync(file);
    await vi.waitUntil(() => !existsSync(copy), { timeout: 5000 });
  });
});

describe('an unreadable limit', () => {
  test('in panel.json or a variable is listed, and the default limit is in force', async () => {
    const made = testCore({ env: { COMFYVN_LLM_CALL_BUDGET_USD: '$1' } });
    const { files } = await made.ask('files.broken');
    expect(files).toMatchObject([
      { file: 'COMFYVN_LLM_CALL_BUDGET_USD', kind: 'variable', effect: 'defaults' },
    ]);
    expect((await made.ask('budget.get')).call).toBe(0.25);
  });
});

test('a folder in a file’s place is listed, and never replaced', async () => {
  const made = testCore();
  mkdirSync(join(made.root, folder, 'box.json'), { recursive: true });
  const { files } = await made.ask('files.broken');
  expect(files).toMatchObject([{ repair: null, last_good: null }]);
});
