import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testCore } from '../../__fixtures__/test-core.ts';

const path = 'config/comfyvn.json';

describe('writing one flag to ComfyVN’s file', () => {
  const text = [
    '{',
    '    "version": 1.0,',
    '    "10": "a key that looks like an index",',
    '    "seed": 12345678901234567890,',
    '    "name": "caf\\u00e9 \\"quoted\\" {\\"features\\": 1}",',
    '    "nested": { "features": { "enable_public_llm": true } },',
    '    "features": {',
    '        "z_last": true,',
    '        "enable_public_llm": false,',
    '        "2": 1e3, "note": "}, {"',
    '    },',
    '    "tail": [1.50, null]',
    '}',
    '',
  ].join('\n');

  test('changes only that value; numbers, order, spaces and escapes stay as they are', async () => {
    const made = testCore({ files: { [path]: text } });
    await made.ask('features.set', { flag: 'enable_public_llm', enabled: true });
    const expected = text.replace('"enable_public_llm": false', '"enable_public_llm": true');
    expect(readFileSync(join(made.root, path), 'utf8')).toBe(expected);
    await made.ask('features.set', { flag: 'enable_public_llm', enabled: false });
    expect(readFileSync(join(made.root, path), 'utf8')).toBe(text);
  });

  test('adds a new flag and leaves everything else as it is', async () => {
    const made = testCore({ files: { [path]: text } });
    await made.ask('features.set', { flag: 'enable_llm_openai', enabled: true });
    const after = readFileSync(join(made.root, path), 'utf8');
    const added = /,?\s*"enable_llm_openai": true/.exec(after)?.[0] ?? '';
    expect(added).not.toBe('');
    expect(after.replace(added, '')).toBe(text);
    expect((JSON.parse(after) as { features: object }).features).toMatchObject({
      z_last: true,
      enable_public_llm: false,
      enable_llm_openai: true,
    });
  });

  const shapes: [string, string][] = [
    ['no file', ''],
    ['an empty object', '{}'],
    ['no features', '{"a": 1}'],
    ['empty features', '{"a": 1, "features": {}}'],
    ['empty features over several lines', '{\n  "features": {\n  },\n  "a": 1\n}'],
    ['features that are not an object', '{"a": 1, "features": null}'],
    ['one line', '{"features":{"x":true},"a":1}'],
    [
      'a byte order mark and CRLF',
      '\uFEFF{\r\n  "a": 1,\r\n  "features": {\r\n    "x": true\r\n  }\r\n}\r\n',
    ],
    ['a duplicate flag', '{"features": {"enable_public_llm": true, "enable_public_llm": false}, "a": 1}'],
    ['duplicate features', '{"features": {"x": 1}, "a": 1, "features": {"y": 1}}'],
    ['a flag written with escapes', '{"features": {"enable\\u005fpublic_llm": false}, "a": 1}'],
  ];
  for (const [what, before] of shapes) {
    test(`works with ${what}, and preserves the rest`, async () => {
      const made = testCore(before ? { files: { [path]: before } } : {});
      const view = await made.ask('features.set', { flag: 'enable_public_llm', enabled: true });
      expect(view.features).toMatchObject({ enable_public_llm: true });
      const was = before ? (JSON.parse(before.replace('\uFEFF', '')) as { features?: object }) : {};
      const after = readFileSync(join(made.root, path), 'utf8').replace('\uFEFF', '');
      expect(JSON.parse(after)).toEqual({ ...was, features: { ...was.features, enable_public_llm: true } });
    });
  }

  test('two concurrent changes are both written', async () => {
    const made = testCore({ files: { [path]: { features: { a: true } } } });
    const flags = ['enable_llm_openai', 'enable_llm_gemini', 'enable_llm_anthropic'];
    await Promise.all(flags.map((flag) => made.ask('features.set', { flag, enabled: true })));
    const written = JSON.parse(readFileSync(join(made.root, path), 'utf8')) as object;
    expect(written).toEqual({
      features: { a: true, enable_llm_openai: true, enable_llm_gemini: true, enable_llm_anthropic: true },
    });
  });

  test('a change made by ComfyVN in the meantime is preserved', async () => {
    const made = testCore({ files: { [path]: { features: { a: true } } } });
    made.write(path, { features: { a: false, b: true }, theme: 'dark' });
    await made.ask('features.set', { flag: 'enable_public_llm', enabled: true });
    expect(JSON.parse(readFileSync(join(made.root, path), 'utf8'))).toEqual({
      features: { a: false, b: true, enable_public_llm: true },
      theme: 'dark',
    });
  });

  test('an unknown flag is refused and nothing is written', async () => {
    const made = testCore();
    for (const flag of ['', 'Enable', 'a.b', '__proto__', 'a b', 'x'.repeat(65)])
      expect((await made.refusal('features.set', { flag, enabled: true })).code, flag).toMatch(
        /invalid_request/,
      );
    expect(readdirSync(made.root)).not.toContain('config');
  });
});

describe('a broken file', () => {
  test('keeps the last good flags in force after a refresh, with a warning', async () => {
    const made = testCore({ files: { [path]: { features: { enable_llm_openai: true } } } });
    for (const content of ['{"features": {', '[]', '"x"']) {
      made.write(path, content);
      const view = await made.ask('registry.refresh');
      expect(view.features, content).toEqual({ enable_llm_openai: true });
      expect(view.warnings, content).toEqual([
        expect.stringMatching(/comfyvn\.json.*the last good flags are used/),
      ]);
      expect(view.warning_details?.[0]?.problem_details, content).toMatchObject([
        { kind: 'file_problem', path: join(made.root, path) },
      ]);
    }
  });

  test.each(['{"features": {"mine": tru', '', '[]'])(
    '%j is waited for; then the flag is refused and the file is unchanged',
    async (text) => {
      const made = testCore({ files: { [path]: { features: { enable_llm_openai: true } } } });
      writeFileSync(join(made.root, path), text);
      const error = await made.refusal('features.set', { flag: 'enable_llm_gemini', enabled: true });
      expect([error.code, error.message]).toEqual([
        'file_unreadable',
        expect.stringMatching(/comfyvn\.json.*the file is unchanged/),
      ]);
      expect(readdirSync(join(made.root, 'config'))).toEqual(['comfyvn.json']);
      expect(readFileSync(join(made.root, path), 'utf8')).toBe(text);
      expect((await made.ask('features.get')).features).toEqual({ enable_llm_openai: true });
    },
  );

  test('that ComfyVN is still writing gets the flag once it is complete', async () => {
    const made = testCore({ files: { [path]: { features: { a: true } } } });
    const whole = JSON.stringify({
      characters: Array.from({ length: 2000 }, (_, id) => ({ id })),
      features: {},
    });
    writeFileSync(join(made.root, path), whole.slice(0, 20_000));
    const set = made.ask('features.set', { flag: 'b', enabled: true });
    writeFileSync(join(made.root, path), whole);
    await set;
    const written = JSON.parse(readFileSync(join(made.root, path), 'utf8')) as Record<string, unknown>;
    expect(written).toEqual({ ...(JSON.parse(whole) as object), features: { b: true } });
  });

  test('that becomes valid again is used at once, without a refresh', async () => {
    const made = testCore({ files: { [path]: { features: { a: true } } } });
    writeFileSync(join(made.root, path), '{');
    expect((await made.ask('features.get')).features).toEqual({ a: true });
    made.write(path, { features: { b: true } });
    expect((await made.ask('features.get')).features).toEqual({ b: true });
  });
});

describe('other forms of the file', () => {
  const flags = async (content: string | Buffer) => {
    const made = testCore();
    const file = made.write(path, '');
    writeFileSync(file, content);
    const before = (await made.ask('features.get')).features;
    await made.ask('features.set', { flag: 'b', enabled: true });
    return { before, after: readFileSync(file) };
  };

  test('comments and trailing commas are read and preserved', async () => {
    const text =
      '// mine\n{\n  "server": { "port": 8001 }, // keep\n  "features": {\n    "a": true, // on\n  },\n}\n';
    const { before, after } = await flags(text);
    expect(before).toEqual({ a: true });
    expect(after.toString()).toBe(text.replace('// on', '// on\n    "b": true,'));
  });

  test.each(['utf16le', 'utf16be'] as const)(
    '%s with its byte order mark is read and preserved',
    async (name) => {
      const swap = (bytes: Buffer) => (name === 'utf16be' ? bytes.swap16() : bytes);
      const text = '\uFEFF{"title": "caf\u00e9 \u5922", "features": {"a": true}}';
      const { before, after } = await flags(swap(Buffer.from(text, 'utf16le')));
      expect(before).toEqual({ a: true });
      expect(swap(after).toString('utf16le')).toBe(text.replace('"a": true', '"a": true,"b": true'));
    },
  );

  test('another encoding is refused with the position, and the file is unchanged', async () => {
    const made = testCore();
    const bytes = Buffer.from('{"title": "caf\xe9", "features": {"a": true}}', 'latin1');
    writeFileSync(made.write(path, ''), bytes);
    const { message } = await made.refusal('features.set', { flag: 'b', enabled: true });
    expect(message).toContain(`at byte ${bytes.indexOf(0xe9)}`);
    expect(readFileSync(join(made.root, path))).toEqual(bytes);
  });
});

describe('persona emulation', () => {
  const flag = 'silly_compat_offload';
  const shown = async (variable: string | undefined, value: unknown) => {
    const files = value === undefined ? {} : { [path]: { features: { [flag]: value } } };
    const { ask } = testCore({ env: { COMFYVN_SILLY_COMPAT_OFFLOAD: variable }, files });
    return [(await ask('features.get')).features[flag], (await ask('registry.get')).features[flag]];
  };

  test('is off by default and turned on by its flag', async () => {
    expect(await shown(undefined, undefined)).toEqual([undefined, undefined]);
    expect(await shown(undefined, true)).toEqual([true, true]);
  });

  test('its variable takes precedence over the file, both ways, and the panel shows the value in force', async () => {
    for (const on of ['1', 'true', 'YES', ' on ']) expect(await shown(on, false), on).toEqual([true, true]);
    for (const off of ['0', 'false', 'no']) expect(await shown(off, true), off).toEqual([false, false]);
    expect(await shown('', true)).toEqual([true, true]);
  });
});

test('a file changed by another program is read again on refresh', async () => {
  const made = testCore();
  expect((await made.ask('features.get')).features).toEqual({});
  writeFileSync(made.write(path, {}), '{"features": {"a": true}}');
  await made.ask('registry.refresh');
  expect((await made.ask('features.get')).features).toEqual({ a: true });
});
