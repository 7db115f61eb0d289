import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ChatAnswer, DryRunAnswer } from '../../../contract/chat.ts';
import { builtInModules, type JsonSchema } from '../../../contract/module-preset.ts';
import type { PackAnswer, PackView, RenderedPack } from '../../../contract/prompt-pack.ts';
import { appRoot, testCore, type TestCore } from '../__fixtures__/test-core.ts';
import { smallestInstance } from '../../adapters/stub/smallest-instance.ts';
import { validatorFor } from '../chat/plan/schema-validator.ts';

const file = (path: string) =>
  JSON.parse(readFileSync(join(appRoot, path), 'utf8')) as Record<string, unknown>;
const moduleSchema = (module: string) =>
  file(`registry/modules/${module}.json`)['schema'] as JsonSchema | undefined;

function first<T>(list: readonly T[]): T {
  const [item] = list;
  if (item === undefined) throw new Error('an empty list');
  return item;
}

/** In addition to the modules' own: packs that another module's presets send. */
const shipped = [...builtInModules, 'translate_scene'];

const samplesOf = (pack: PackView) => ({
  'of its variables': Object.fromEntries(pack.variables.map((v) => [v.name, v.sample])),
  ...Object.fromEntries(pack.samples.map((s) => [s.name, s.variables])),
});

test('every module has its pack, and none is left out as broken', async () => {
  const { packs, warnings } = await testCore().ask('packs.list');
  expect(warnings).toEqual([]);
  expect(packs.map((pack) => [pack.module, pack.source])).toEqual(shipped.map((name) => [name, 'built-in']));
});

test('built-in packs meet the rules for user packs: samples fit, checks pass, names exist', async () => {
  const folder = join(appRoot, 'prompt-packs');
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /.[\\/].*\.(json|md)$/.test(path),
  );
  const files = paths.map((path) => [`config/llm/packs/${path}`, readFileSync(join(folder, path), 'utf8')]);
  const { packs, warnings } = await testCore({ files: Object.fromEntries(files) }).ask('packs.list');
  expect(warnings).toEqual([]);
  expect(packs.map((pack) => pack.source)).toEqual(shipped.map(() => 'user'));
});

describe.each(builtInModules)('%s', (module) => {
  let core: TestCore;
  let pack: PackView;
  beforeEach(async () => {
    core = testCore();
    pack = await core.ask('packs.get', { module });
  });
  const run = (input: Record<string, unknown>) => core.ask('packs.run', { module, ...input });

  test('renders with its samples, system message first and user message last', async () => {
    for (const [name, variables] of Object.entries(samplesOf(pack))) {
      const { messages } = (await run({ variables })) as RenderedPack;
      expect([name, first(messages).role, messages.at(-1)?.role]).toEqual([name, 'system', 'user']);
      for (const { content } of messages)
        expect([name, content]).toEqual([name, expect.stringMatching(/^\S([^]*\S)?$/)]);
    }
  });

  test('names each missing and each extra variable', async () => {
    const error = await core.refusal('packs.run', { module, variables: { no_such_thing: 1 } });
    expect(error.code).toBe('pack_variables_invalid');
    const { fields: text } = error.details as { fields: { path: string }[] };
    const fields = text.map((field) => field.path);
    const required = pack.variables.filter((v) => v.required).map((v) => `variables.${v.name}`);
    expect(fields.sort()).toEqual([...required, 'variables.no_such_thing'].sort());
    for (const path of fields) expect(error.message).toContain(path.slice('variables.'.length));
  });

  test('a value of the wrong type is named', async () => {
    for (const { name, type } of pack.variables) {
      const variables = { ...first(pack.samples).variables, [name]: type === 'string' ? 5 : 'text' };
      const error = await core.refusal('packs.run', { module, variables });
      expect(error.code).toBe('pack_variables_invalid');
      expect(error.details?.['fields']).toEqual([
        { path: `variables.${name}`, message: expect.stringContaining(type) },
      ]);
    }
  });

  test('its mock reply fits its schema, and its checks are run on it', async () => {
    const { variables } = first(pack.samples);
    const answer = (await run({ variables, send: true, mock: true })) as PackAnswer;
    expect(answer.mock).toBe(true);
    expect(answer.module).toBe(module);
    if (pack.schema) expect(validatorFor(pack.schema)(answer.data.json).problems).toEqual([]);
    expect(answer.checks.map((check) => check.id)).toEqual(pack.checks.map((check) => check.id));
  });

  test('has no sampling settings, which belong to presets', () => {
    expect(Object.keys(pack.options)).toEqual(['max_tokens']);
  });

  test('a provider without schema support gets every field of the reply in the prompt', () => {
    for (const name of Object.keys((pack.schema?.['properties'] ?? {}) as object))
      expect(pack.system).toContain(`"${name}"`);
  });

  test('its samples have a reply, and at least one leaves out optional variables', () => {
    expect(pack.samples.every((sample) => sample.reply !== undefined)).toBe(true);
    const optional = pack.variables.filter((v) => !v.required).length;
    if (optional)
      expect(pack.samples.some((s) => Object.keys(s.variables).length < pack.variables.length)).toBe(true);
  });

  test('can be sent to every provider: a dry run names the module and has the last message', async () => {
    const { providers } = await core.ask('registry.get');
    const { variables } = first(pack.samples);
    const { messages } = (await run({ variables })) as RenderedPack;
    for (const { name } of providers) {
      const dry = (await run({ variables, send: true, dry_run: true, provider: name })) as DryRunAnswer;
      expect([name, dry.module]).toEqual([name, module]);
      expect(JSON.stringify(dry.plan.body)).toContain(JSON.stringify(messages.at(-1)?.content).slice(1, -1));
    }
  });

  test('has a schema whose replies all fit the module’s schema', () => {
    const text = moduleSchema(module);
    expect(file(`prompt-packs/${module}/output.schema.json`)['extends']).toBe('module');
    if (!text || !pack.schema) return void expect(pack.schema ?? undefined).toBe(text);
    const { additionalProperties: _, ...open } = text;
    const fits = (schema: JsonSchema) => (value: unknown) =>
      validatorFor(schema)(value).problems.length === 0;
    const fitsModule = fits(open);
    const fitsPack = fits(pack.schema);
    const names = Object.keys(pack.schema['properties'] as object);
    const good = [smallestInstance(pack.schema), ...pack.samples.map((s) => s.reply)] as Record<
      string,
      unknown
    >[];
    const mangled = fc
      .tuple(
        fc.constantFrom(...good),
        fc.constantFrom(...names),
        fc.oneof(fc.jsonValue(), fc.constant(undefined)),
      )
      .map(
        ([instance, name, value]) => JSON.parse(JSON.stringify({ ...instance, [name]: value })) as unknown,
      );
    for (const instance of good) expect([fitsPack(instance), fitsModule(instance)]).toEqual([true, true]);
    fc.assert(fc.property(mangled, (instance) => !fitsPack(instance) || fitsModule(instance)));
  });
});

test('the scene pack uses the presets of translate, and offline answers with every line unchanged', async () => {
  const { ask } = testCore();
  const lines = ['#Aya', '1|Good morning!', '7|{i}Bye{/i} | now'];
  const variables = { target_language: 'French', lines };
  const sent = { module: 'translate_scene', variables, send: true };
  const answer = (await ask('packs.run', { ...sent, mock: true })) as PackAnswer;
  expect(answer.module).toBe('translate');
  expect(answer.data.json).toEqual({ lines: ['1|~Good morning!~', '7|~{i}Bye{/i} | now~'] });
  const stub = (await ask('packs.run', { ...sent, provider: 'stub' })) as PackAnswer;
  expect(stub.data.json).toEqual(answer.data.json);
});

test('a reply that breaks the guardrails is reported and returned unchanged', async () => {
  const { ask } = testCore();
  const pack = await ask('packs.get', { module: 'narrator' });
  const { variables } = first(pack.samples.filter((s) => s.name === 'observe'));
  // A different text, because the pack's own sample would get the sample's reply.
  const changed = JSON.parse(
    JSON.stringify(variables).replace(/\. /g, '; ').replace(/\."/g, '!"'),
  ) as typeof variables;
  const answer = (await ask('packs.run', {
    module: 'narrator',
    variables: changed,
    send: true,
    mock: true,
  })) as PackAnswer & ChatAnswer;
  expect(answer.data.json).toEqual(smallestInstance(pack.schema as JsonSchema));
  expect(answer.checks.find((check) => check.id === 'length')?.ok).toBe(false);
});
