import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ModelRule } from '../contract/provider.ts';
import { modelOf, presetsOf, recordOf } from './look-up.ts';
import type { RegistryData } from './read-data.ts';

/** Each check returns its offenders in words; an empty list means that the data holds. */
type Offenders = string[];

const listedRanks = 10;

function repeated(names: string[]): string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
}

/** Names that stand twice: providers, modules, a provider's models, presets, lifecycle records. */
export function repeatedIds(data: RegistryData): Offenders {
  return [
    ...repeated(data.providers.map((provider) => provider.name)),
    ...repeated(data.modules.map((module) => module.module)),
    ...data.providers.flatMap(({ name, models }) =>
      repeated((models ?? []).map(({ id }) => `${name}/${id}`)),
    ),
    ...repeated(presetsOf(data).map(({ preset }) => preset.id)),
    ...repeated(data.records.map((record) => `record ${record.provider}/${record.listed_id}`)),
  ];
}

/** A list's ranks run from 1 without a gap; the seed's ten, where there are any, are the first ten. */
export function brokenRanks(data: RegistryData): Offenders {
  return data.modules.flatMap(({ module, shortlist }) => {
    const ranked = shortlist.toSorted((a, b) => a.rank - b.rank);
    const gaps = ranked.filter((preset, at) => preset.rank !== at + 1).map((preset) => preset.id);
    const listed = ranked.filter((preset) => preset.origin === 'shortlist-2024-10');
    const wrong = listed.length > 0 && (listed.length !== listedRanks || listed.at(-1)?.rank !== listedRanks);
    return wrong ? [...gaps, `${module} has not exactly ten listed presets on ranks 1 to 10`] : gaps;
  });
}

const widest: Record<string, [number, number]> = {
  temperature: [0, 2],
  top_p: [0, 1],
  presence_penalty: [-2, 2],
  frequency_penalty: [-2, 2],
  max_tokens: [1, 131_072],
};

/** Sampling options of models and presets outside what any provider takes. */
export function optionsOutOfRange(data: RegistryData): Offenders {
  const models = data.providers.flatMap(({ models }) => models ?? []);
  const holders = [...presetsOf(data).map(({ preset }) => preset), ...models];
  return holders.flatMap(({ id, options }) =>
    Object.entries(widest)
      .filter(([param, [min, max]]) => {
        const value = options?.[param];
        return value !== undefined && !(typeof value === 'number' && value >= min && value <= max);
      })
      .map(([param]) => `${id}: ${param}`),
  );
}

function breaks(rule: ModelRule, options: Record<string, unknown>): boolean {
  if (rule.rule === 'renamed') return false;
  if (rule.rule === 'refused') return rule.params.some((param) => param in options);
  if (rule.rule === 'not_together') return rule.params.every((param) => param in options);
  const value = options[rule.param];
  if (typeof value !== 'number') return false;
  return value < (rule.min ?? -Infinity) || value > (rule.max ?? Infinity);
}

/** Presets of ours that send what their model refuses. The seed's ten are kept as listed, so they may. */
export function presetsAgainstRules(data: RegistryData): Offenders {
  return presetsOf(data)
    .filter(({ preset }) => preset.origin !== 'shortlist-2024-10')
    .filter(({ preset }) => {
      const model = modelOf(data, preset.provider, preset.model);
      const options = { ...model?.options, ...preset.options };
      return model?.rules?.some((rule) => breaks(rule, options)) ?? false;
    })
    .map(({ preset }) => preset.id);
}

/** Rules that do not say where they are written. */
export function rulesWithoutSource(data: RegistryData): Offenders {
  const models = data.providers.flatMap(({ models }) => models ?? []);
  return models.filter(({ rules }) => rules?.some((rule) => !rule.source)).map(({ id }) => id);
}

/** Output schemas that ajv cannot compile. */
export function brokenSchemas(data: RegistryData): Offenders {
  const named = [
    ...data.modules.map(({ module, schema }) => ({ name: module, schema })),
    ...presetsOf(data).map(({ preset }) => ({ name: preset.id, schema: preset.schema })),
  ];
  return named.flatMap(({ name, schema }) => {
    if (!schema) return [];
    try {
      new Ajv2020({ strict: true }).compile(schema);
      return [];
    } catch (error) {
      return [`${name}: ${String(error)}`];
    }
  });
}

/** Presets, and defaults, whose provider or model no file lists. */
export function unknownTargets(data: RegistryData): Offenders {
  return presetsOf(data)
    .filter(({ preset }) => !modelOf(data, preset.provider, preset.model))
    .map(({ preset }) => preset.id)
    .concat(modelOf(data, data.defaults.provider, data.defaults.model) ? [] : ['defaults.json']);
}

/** Cloud models without a record, with another wire id than their record, or with a price nobody speaks of. */
export function unpricedModels(data: RegistryData): Offenders {
  const cloud = data.providers.filter((provider) => provider.kind === 'cloud');
  return cloud.flatMap(({ name, models }) =>
    (models ?? []).flatMap((model) => {
      const record = recordOf(data, name, model.id);
      if (!record) return [`${name}/${model.id} has no record`];
      // An id that was never served has a null wire id there, so its model may not name another one.
      const wireId = model.wire_id ?? model.id;
      if ((record.wire_id ?? model.id) !== wireId) {
        return [`${name}/${model.id} is ${record.wire_id ?? 'nothing'} in its record`];
      }
      const priced = record.price !== null || !record.wire_id || /price unknown/i.test(record.note ?? '');
      return priced ? [] : [`${name}/${model.id} has no price`];
    }),
  );
}

/** Presets that stand in for one that their module does not list. */
export function strayStandIns(data: RegistryData): Offenders {
  return presetsOf(data)
    .filter(({ preset }) => preset.replaces !== undefined)
    .filter(({ module, preset }) => !module.shortlist.some(({ id }) => id === preset.replaces))
    .map(({ preset }) => preset.id);
}

/** Models without a tag. */
export function untaggedModels(data: RegistryData): Offenders {
  return data.providers
    .flatMap(({ models }) => models ?? [])
    .flatMap(({ id, tags }) => (tags?.length ? [] : [id]));
}

/** Forms of the vendors' keys, a bearer header, and the bare hex that Azure uses. */
const keyLike = /\b(?:sk|pk|gsk|xai)-[\w-]{16,}|\bAIza[\w-]{20,}|\bBearer\s+[\w.-]{12,}|\b[0-9a-f]{32,}\b/;

/** Files that hold something that looks like a key. */
export function keysInFiles(data: RegistryData): Offenders {
  return Object.entries(data.texts).flatMap(([path, text]) => (keyLike.test(text) ? [path] : []));
}

/** Cloud providers that ask for no key, and variables that are not the name of a key. */
export function badKeyVariables(data: RegistryData): Offenders {
  return data.providers.flatMap(({ name, kind, credentials }) => {
    const keyless = kind === 'cloud' && credentials?.required !== true ? [name] : [];
    const variables = credentials?.env ?? [];
    return [
      ...keyless,
      ...variables.filter((variable) => !/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_KEY$/.test(variable)),
    ];
  });
}
