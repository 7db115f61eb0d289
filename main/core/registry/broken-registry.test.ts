import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorStatus } from '../../../contract/errors.ts';
import type { RegistryFile } from '../../../contract/provider.ts';
import { comfyvnRegistry, testCore } from '../__fixtures__/test-core.ts';

const text = readFileSync(comfyvnRegistry, 'utf8');

function changed(change: (file: RegistryFile & Record<string, never>) => void): string {
  const file = JSON.parse(text) as RegistryFile & Record<string, never>;
  change(file);
  return JSON.stringify(file);
}
/** Sets a value that the types do not allow. */
const set = (target: object | undefined, key: string, value: unknown) =>
  void Object.assign(target ?? {}, { [key]: value });

const broken: [string, string, string, RegExp][] = [
  ['a truncated file', text.slice(0, text.length / 2), '', /is not JSON/],
  ['empty', '', '', /is not JSON/],
  ['a list', '[]', '', /object expected/],
  ['providers that are an object', changed((f) => set(f, 'providers', {})), 'providers', /array expected/],
  [
    'a number for a base',
    changed((f) => set(f.providers[1], 'base', 11434)),
    'providers[1].base',
    /string expected/,
  ],
  [
    'an unknown adapter',
    changed((f) => set(f.providers[2], 'adapter', 'claude')),
    'providers[2].adapter',
    /"anthropic_compat"/,
  ],
  [
    'a model without an id',
    changed((f) => set(f.providers[0]?.models?.[1], 'id', undefined)),
    'providers[0].models[1].id',
    /required/,
  ],
  [
    'a temperature that is a string',
    changed((f) => set(f.providers[0]?.models?.[0]?.options, 'temperature', 'warm')),
    'providers[0].models[0].options.temperature',
    /number expected/,
  ],
  ['a negative time-out', changed((f) => set(f.providers[0], 'timeout', -1)), 'providers[0].timeout', /0/],
  [
    'a module default without a model',
    changed((f) => set(f.defaults?.modules?.['narrator'], 'model', undefined)),
    'defaults.modules.narrator.model',
    /required/,
  ],
  [
    'a duplicate name',
    changed((f) => set(f.providers[2], 'name', 'ollama_default')),
    'providers[2].name',
    /already the name of providers\[1\]/,
  ],
  [
    'a name with a slash',
    changed((f) => set(f.providers[0], 'name', 'a/b')),
    'providers[0].name',
    /letters, digits/,
  ],
  [
    'a credential in an address',
    changed((f) => set(f.providers[0], 'base', 'http://me:hunter22@127.0.0.1/v1')),
    'providers[0].base',
    /credential/,
  ],
  [
    'a header that splits the request',
    changed((f) => set(f.providers[0], 'headers', { 'X-A': 'b\r\nX-C: d' })),
    'providers[0].headers.X-A',
    /header/,
  ],
];

describe('a broken registry file is refused by refresh, and the old registry keeps answering', () => {
  for (const [what, content, path, reason] of broken) {
    test(`${what}`, async () => {
      const made = testCore();
      const file = made.write('registry.json', text);
      made.env['COMFYVN_LLM_REGISTRY'] = file;
      const before = await made.ask('registry.refresh');
      made.write('registry.json', content);
      const error = await made.refusal('registry.refresh');
      expect([error.code, errorStatus[error.code]]).toEqual(['registry_invalid', 422]);
      expect(error.details).toMatchObject({ file, path, reason: expect.stringMatching(reason) });
      expect(error.message).toContain(file);
      expect(error.message).toContain(path);
      expect(error.message).not.toContain('hunter22');
      expect((await made.ask('registry.get')).providers).toEqual(before.providers);
      made.write('registry.json', text);
      expect((await made.ask('registry.refresh')).providers).toEqual(before.providers);
    });
  }

  test('a missing file', async () => {
    const made = testCore();
    const file = made.write('registry.json', text);
    made.env['COMFYVN_LLM_REGISTRY'] = file;
    await made.ask('registry.refresh');
    rmSync(file);
    const error = await made.refusal('registry.refresh');
    expect(error.details).toMatchObject({ file, reason: expect.stringContaining('COMFYVN_LLM_REGISTRY') });
    expect((await made.ask('registry.get')).providers.some((p) => p.name === 'anthropic_api')).toBe(true);
  });

  test('a folder in its place', async () => {
    const made = testCore();
    mkdirSync(join(made.root, 'registry.json'));
    made.env['COMFYVN_LLM_REGISTRY'] = join(made.root, 'registry.json');
    expect((await made.refusal('registry.refresh')).details).toMatchObject({
      reason: expect.stringContaining('EISDIR'),
    });
  });

  test('all problems are listed, not only the first', async () => {
    const made = testCore();
    made.env['COMFYVN_LLM_REGISTRY'] = made.write('r.json', {
      providers: [{ name: 'a' }, { name: 'b', adapter: 'stub', base: 1 }],
    });
    const { problems } = (await made.refusal('registry.refresh')).details as { problems: { path: string }[] };
    expect(problems.map((p) => p.path)).toEqual([
      'providers[0].adapter',
      'providers[0].base',
      'providers[1].base',
    ]);
  });

  test('an error about a file that ends next to a key does not quote the key', async () => {
    const made = testCore();
    made.env['COMFYVN_LLM_REGISTRY'] = made.write(
      'r.json',
      '{"providers": [{\n"headers": {"authorization": sk-live-1234567890}}]}',
    );
    const error = await made.refusal('registry.refresh');
    expect(error.message).toMatch(/line 2/);
    expect(JSON.stringify(error)).not.toContain('sk-live');
  });
});

describe('at start, a broken file is replaced by the built-in registry, with a warning that says which file and why', () => {
  for (const [what, content, path] of broken) {
    test(`${what}`, async () => {
      const made = testCore({ files: { 'registry.json': content } });
      const again = testCore({ env: { COMFYVN_LLM_REGISTRY: join(made.root, 'registry.json') } });
      const { providers, warnings } = await again.ask('registry.get');
      expect(providers.every((p) => p.origin === 'built-in')).toBe(true);
      expect(warnings[0]).toContain(join(made.root, 'registry.json'));
      expect(warnings[0]).toContain(path);
      expect(warnings[0]).toContain('built-in registry is used');
    });
  }

  test('a missing file', async () => {
    const { ask } = testCore({ env: { COMFYVN_LLM_REGISTRY: '/nowhere/registry.json' } });
    expect((await ask('registry.get')).warnings).toEqual([expect.stringContaining('/nowhere/registry.json')]);
  });

  test('a broken file of the user’s own has the same effect until it is repaired', async () => {
    const made = testCore({ files: { 'config/llm/providers/mine.json': '{"name": "mine"' } });
    expect((await made.ask('registry.get')).warnings).toEqual([expect.stringContaining('mine.json')]);
    made.write('config/llm/providers/mine.json', {
      name: 'mine',
      adapter: 'lmstudio',
      base: 'http://127.0.0.1:9/v1',
    });
    const { providers, warnings } = await made.ask('registry.refresh');
    expect([providers.at(-1)?.name, warnings]).toEqual(['mine', []]);
  });
});

test('a warning has its code, and the code of what is wrong with the file', async () => {
  const { ask, root } = testCore({ files: { 'config/llm/providers/mine.json': '' } });
  const { warnings, warning_details: details } = await ask('registry.get');
  const file = join(root, 'config/llm/providers/mine.json');
  expect(warnings).toHaveLength(details?.length ?? 0);
  expect(details).toEqual([
    {
      code: 'provider_file_broken',
      values: { file, path: null, problem: 'is not JSON: it is empty', last: false },
      problem_details: [{ kind: 'file_problem', code: 'empty', values: {} }],
    },
  ]);
});

test('an invalid field of a provider’s file has its code, and each one of a presets file its path', async () => {
  const broken = { version: 1, active: null, presets: [{ id: 'mine' }], edits: {}, presetz: [] };
  const { ask } = testCore({
    files: {
      'config/llm/providers/mine.json': { name: 'mine', adapter: 'lmstudio', base: 3 },
      'config/llm/presets/translate.json': broken,
    },
  });
  const { warning_details: details = [] } = await ask('registry.get');
  const field = (code: string, path: string) => expect.objectContaining({ kind: 'file_problem', code, path });
  expect(details.find(({ code }) => code === 'provider_file_broken')).toMatchObject({
    values: { path: 'base' },
    problem_details: [{ kind: 'file_problem', code: 'wrong_type', values: { expected: 'string' } }],
  });
  const parts = details.find(({ code }) => code === 'content_broken')?.problem_details;
  expect(parts).toContainEqual(field('required', 'presets[0].provider'));
  expect(parts).toContainEqual(field('unknown_field', 'presetz'));
});
