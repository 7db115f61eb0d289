import { describe, expect, test } from 'vitest';
import type { LifecycleRecord, ModuleFile, PresetEntry } from '../contract/module-preset.ts';
import type { ModelEntry, ProviderEntry } from '../contract/provider.ts';
import * as onADay from './invariants-on-a-day.ts';
import * as invariants from './invariants.ts';
import { readRegistryData, type RegistryData } from './read-data.ts';

const asOf = '2026-11-29';
/** The day after OpenAI retires the 4o and 4.1 models. */
const afterOpenAi = '2027-01-15';

/** The default budget for one call, in USD. */
const callBudget = 0.25;

const data = readRegistryData();

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the entry for the planted error does not exist');
  return value;
}

const provider = (from: RegistryData, name: string): ProviderEntry =>
  required(from.providers.find((entry) => entry.name === name));
const model = (from: RegistryData, name: string, id: string): ModelEntry =>
  required(provider(from, name).models?.find((entry) => entry.id === id));
const module = (from: RegistryData, name: string): ModuleFile =>
  required(from.modules.find((entry) => entry.module === name));
const preset = (from: RegistryData, name: string, rank: number): PresetEntry =>
  required(module(from, name).shortlist.find((entry) => entry.rank === rank));
const record = (from: RegistryData, name: string, id: string): LifecycleRecord =>
  required(from.records.find((entry) => entry.provider === name && entry.listed_id === id));

interface Check {
  name: string;
  run(from: RegistryData): string[];
  /** Adds the error. */
  plant(into: RegistryData): void;
  /** What the check must then report. */
  offender: string;
}

const checks: Check[] = [
  {
    name: 'preset ids are unique',
    run: invariants.repeatedIds,
    plant: (into) => (preset(into, 'narrator', 2).id = preset(into, 'narrator', 1).id),
    offender: 'narrator-01-openai-gpt-4.1',
  },
  {
    name: 'ranks have no gaps',
    run: invariants.brokenRanks,
    plant: (into) => (preset(into, 'vn_chat', 12).rank = 99),
    offender: 'vn-chat-12-openai-gpt-6.1-terra',
  },
  {
    name: 'every shortlist has ten listed presets',
    run: invariants.brokenRanks,
    plant: (into) => (preset(into, 'vn_chat', 11).origin = 'shortlist-2024-10'),
    offender: 'vn_chat has not exactly ten listed presets on ranks 1 to 10',
  },
  {
    name: 'sampling parameters are in range',
    run: invariants.optionsOutOfRange,
    plant: (into) => (preset(into, 'translate', 1).options.top_p = 8),
    offender: 'translate-01-openai-gpt-4.1-mini: top_p',
  },
  {
    name: 'every rule has a source',
    run: invariants.rulesWithoutSource,
    plant: (into) => delete required(into.rules.rules[0]?.rules[0]).source,
    offender: 'claude-sampling',
  },
  {
    name: 'a price has the date of its source, not the date of reading',
    run: (from) => invariants.datesOfReading(from, asOf),
    plant: (into) => (required(record(into, 'openai_public', 'gpt-4o').pricing ?? undefined).as_of = asOf),
    offender: 'price of gpt-4o',
  },
  {
    name: 'price changes are in order of their dates',
    run: invariants.brokenPrices,
    plant: (into) => record(into, 'google_gemini', 'gemini-3.8-flash').pricing?.versions.reverse(),
    offender: 'google_gemini/gemini-3.8-flash',
  },
  {
    name: 'a model has one price',
    run: invariants.contradictedPrices,
    plant: (into) =>
      (required(model(into, 'openrouter', 'qwen/qwen-2.5-72b-instruct').pricing ?? undefined).input = 0.12),
    offender: 'openrouter/qwen/qwen-2.5-72b-instruct',
  },
  {
    name: 'our presets use models with enough context',
    run: (from) => onADay.poorPicks(from, asOf),
    plant: (into) => (preset(into, 'persona', 1).model = 'nemotron-mini:latest'),
    offender: 'persona-01-ollama-mistral-nemo-12b',
  },
  {
    name: 'every schema compiles',
    run: (from) => invariants.brokenSchemas(from).map((line) => line.split(':')[0] ?? ''),
    plant: (into) => (module(into, 'narrator').schema = { type: 'objekt' }),
    offender: 'narrator',
  },
  {
    name: 'every preset names a listed model',
    run: invariants.unknownTargets,
    plant: (into) => (preset(into, 'worldbuild', 3).model = 'gpt-4.1-mimi'),
    offender: 'worldbuild-03-openai-gpt-4.1-mini',
  },
  {
    name: 'the defaults name a listed model',
    run: invariants.unknownTargets,
    plant: (into) => (into.defaults.model = 'echo'),
    offender: 'defaults.json',
  },
  {
    name: 'every default fits the budget per call of a fresh installation',
    run: (from) => onADay.presetsOverCallBudget(from, callBudget, asOf),
    plant: (into) => delete model(into, 'openai_public', 'gpt-4.1').options,
    offender: 'narrator-01-openai-gpt-4.1',
  },
  {
    name: 'every cloud model has a record',
    run: invariants.unpricedModels,
    plant: (into) => into.records.splice(into.records.indexOf(record(into, 'azure_openai', 'gpt-4o')), 1),
    offender: 'azure_openai/gpt-4o has no record',
  },
  {
    name: 'a cloud model without a price is marked so',
    run: invariants.unpricedModels,
    plant: (into) => (record(into, 'openrouter', 'perplexity/sonar').pricing = null),
    offender: 'openrouter/perplexity/sonar has no price',
  },
  {
    name: 'a model’s id at its provider matches its record',
    run: invariants.unpricedModels,
    plant: (into) => (model(into, 'anthropic_public', 'claude-3-opus').wire_id = 'claude-3-opus'),
    offender: 'anthropic_public/claude-3-opus is claude-3-opus-20240229 in its record',
  },
  {
    name: 'no default is retired',
    run: (from) => onADay.deadDefaults(from, asOf),
    plant: (into) => (module(into, 'worldbuild').active = preset(into, 'worldbuild', 4).id),
    offender: 'worldbuild',
  },
  {
    name: 'every default is in its shortlist',
    run: (from) => onADay.deadDefaults(from, asOf),
    plant: (into) => (module(into, 'persona').active = 'persona-00'),
    offender: 'persona',
  },
  {
    name: 'every module keeps a model that is not retired',
    run: (from) => onADay.modulesWithoutLivingPreset(from, afterOpenAi),
    plant: (into) => {
      const narrator = module(into, 'narrator');
      narrator.shortlist = narrator.shortlist.filter(({ model: id }) => id.startsWith('gpt-4.1'));
      preset(into, 'narrator', 1).provider = 'openai_public';
    },
    offender: 'narrator',
  },
  {
    name: 'no successor is retired',
    run: (from) => onADay.deadSuccessors(from, afterOpenAi),
    plant: (into) => (record(into, 'openai_public', 'gpt-6-luna').shutdown = '2027-01-01'),
    offender: 'openai_public/gpt-4.1 → gpt-6-luna',
  },
  {
    name: 'every retired preset has a replacement',
    run: (from) => onADay.presetsWithoutSuccessor(from, asOf),
    plant: (into) => delete preset(into, 'battle_narration', 14).replaces,
    offender: 'battle-narration-04-anthropic-claude-3.5-sonnet',
  },
  {
    name: 'a preset has at most one replacement',
    run: (from) => onADay.presetsWithoutSuccessor(from, asOf),
    plant: (into) => (preset(into, 'translate', 14).replaces = preset(into, 'translate', 3).id),
    offender: 'translate-03-anthropic-claude-3-haiku-20240307',
  },
  {
    name: 'a replacement is in the same module',
    run: invariants.strayReplacements,
    plant: (into) => (preset(into, 'vn_chat', 11).replaces = preset(into, 'narrator', 1).id),
    offender: 'vn-chat-11-openai-gpt-6.1-terra',
  },
  {
    name: 'every model has a tag',
    run: invariants.untaggedModels,
    plant: (into) => (model(into, 'stub', 'stub-echo').tags = []),
    offender: 'stub-echo',
  },
  {
    name: 'no registry file has a key',
    run: invariants.keysInFiles,
    plant: (into) => (into.texts['providers/stub.json'] = `"api_key": "sk-${'a1'.repeat(20)}"`),
    offender: 'providers/stub.json',
  },
  {
    name: 'key variables have the right form',
    run: invariants.badKeyVariables,
    plant: (into) => (provider(into, 'openrouter').credentials = { required: true, env: ['openrouter-key'] }),
    offender: 'openrouter-key',
  },
];

describe.each(checks)('$name', ({ run, plant, offender }) => {
  test('the data is valid', () => {
    expect(run(data)).toEqual([]);
  });

  test('a planted error is reported', () => {
    const invalid = structuredClone(data);
    plant(invalid);
    expect(run(invalid)).toContain(offender);
  });
});

test('every preset has a successor on the day after the OpenAI models are retired', () => {
  expect(onADay.presetsWithoutSuccessor(data, afterOpenAi)).toEqual([]);
  expect(onADay.deadDefaults(data, afterOpenAi)).toEqual([
    'battle_narration',
    'narrator',
    'translate',
    'vn_chat',
    'worldbuild',
  ]);
});

test('each file is named after its content', () => {
  expect(Object.keys(data.texts)).toHaveLength(18);
  expect(data.providers.map(({ name }) => `providers/${name}.json`)).toEqual(
    Object.keys(data.texts).filter((path) => path.startsWith('providers/')),
  );
  expect(data.modules.map(({ module: name }) => `modules/${name}.json`)).toEqual(
    Object.keys(data.texts).filter((path) => path.startsWith('modules/')),
  );
});
