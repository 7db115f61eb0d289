import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ModelRule } from '../contract/provider.ts';
import { modelOf, presetsOf, recordOf } from './look-up.ts';
import type { RegistryData } from './read-data.ts';

/** Descriptions of invalid entries; empty if the data is valid. */
type Offenders = string[];

const listedRanks = 10;

function repeated(names: string[]): string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
}

/** Repeated names of providers, modules, a provider's models, presets and lifecycle records. */
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

/** Ranks that have gaps, and lists whose presets from October 2024 are not exactly the first ten. */
export function brokenRanks(data: RegistryData): Offenders {
  return data.modules.flatMap(({ module, shortlist }) => {
    const ranked = shortlist.toSorted((a, b) => a.rank - b.rank);
    const gaps = ranked.filter((preset, at) => preset.rank !== at + 1).map((preset) => preset.id);
    const listed = ranked.filter((preset) => preset.origin === 'shortlist-2024-10');
    const wrong = listed.length > 0 && (listed.length !== listedRanks || listed.at(-1)?.rank !== listedRanks);
    return wrong ? [...gaps, `${module} has not exactly ten listed presets on ranks 1 to 10`] : gaps;
  });
}

const widestRanges: Record<string, [number, number]> = {
  temperature: [0, 2],
  top_p: [0, 1],
  presence_penalty: [-2, 2],
  frequency_penalty: [-2, 2],
  max_tokens: [1, 131_072],
};

/** Sampling options of models and presets that no provider accepts. */
export function optionsOutOfRange(data: RegistryData): Offenders {
  const models = data.providers.flatMap(({ models }) => models ?? []);
  const entries = [...presetsOf(data).map(({ preset }) => preset), ...models];
  return entries.flatMap(({ id, options }) =>
    Object.entries(widestRanges)
      .filter(([param, [min, max]]) => {
        const value = options?.[param];
        return value !== undefined && !(typeof value === 'number' && value >= min && value <= max);
      })
      .map(([param]) => `${id}: ${param}`),
  );
}

/** Rules without an id, level, source or date. */
export function rulesWithoutSource(data: RegistryData): Offenders {
  const own = data.providers.flatMap(({ models }) => (models ?? []).flatMap(({ rules }) => rules ?? []));
  const shared = data.rules.rules.flatMap(({ rules }) => rules);
  return [...own, ...shared]
    .filter((rule) => !rule.id || !rule.source || !rule.as_of || !(rule.level ?? needsNoLevel(rule)))
    .map((rule) => rule.id ?? JSON.stringify(rule));
}

/** Rules that rename or replace a parameter need no level. */
function needsNoLevel({ rule }: ModelRule): boolean {
  return rule === 'renamed' || rule === 'replaced';
}

/** Entries dated on or after `asOf`: probably the date of reading instead of the source's date. */
export function datesOfReading(data: RegistryData, asOf: string): Offenders {
  const dated = [
    ...data.rules.rules.flatMap(({ rules }) => rules.map(({ id, as_of }) => ({ id, as_of }))),
    ...data.records.map(({ listed_id: id, as_of }) => ({ id, as_of })),
    ...data.records.map(({ listed_id: id, pricing }) => ({ id: `price of ${id}`, as_of: pricing?.as_of })),
  ];
  return dated.filter(({ as_of }) => (as_of ?? '') >= asOf).map(({ id }) => id ?? 'a rule');
}

/** Prices whose versions or tiers are not in ascending order. */
export function brokenPrices(data: RegistryData): Offenders {
  const rising = (values: (string | number)[]) =>
    values.every((value, at) => at === 0 || value > (values[at - 1] ?? ''));
  return data.records
    .filter(({ pricing }) => {
      const versions = pricing?.versions ?? [];
      return !(
        rising(versions.map(({ from }) => from ?? '')) &&
        versions.every(({ tiers = [] }) => rising(tiers.map(({ above }) => above)))
      );
    })
    .map(({ provider, listed_id }) => `${provider}/${listed_id}`);
}

/** Models whose price in the provider's file is in no version of their record, or whose platform fee differs. */
export function contradictedPrices(data: RegistryData): Offenders {
  return data.providers.flatMap(({ name, models, settings }) =>
    (models ?? []).flatMap(({ id, pricing }) => {
      const record = recordOf(data, name, id)?.pricing;
      if (!record) return [];
      const fee = record.platform?.credit_fee ?? 0;
      const rates = record.versions.map((version) => version.rates);
      const known =
        !pricing || rates.some(({ input, output }) => input === pricing.input && output === pricing.output);
      return known && fee === (settings?.['platform_fee'] ?? 0) ? [] : [`${name}/${id}`];
    }),
  );
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

/** Presets and defaults whose provider or model is not listed. */
export function unknownTargets(data: RegistryData): Offenders {
  return presetsOf(data)
    .filter(({ preset }) => !modelOf(data, preset.provider, preset.model))
    .map(({ preset }) => preset.id)
    .concat(modelOf(data, data.defaults.provider, data.defaults.model) ? [] : ['defaults.json']);
}

/** Cloud models without a record, with another wire id than their record, or without a price and a note about it. */
export function unpricedModels(data: RegistryData): Offenders {
  const cloud = data.providers.filter((provider) => provider.kind === 'cloud');
  return cloud.flatMap(({ name, models }) =>
    (models ?? []).flatMap((model) => {
      const record = recordOf(data, name, model.id);
      if (!record) return [`${name}/${model.id} has no record`];
      // The record of an id that was never served has a null wire id, so its model must not have another one.
      const wireId = model.wire_id ?? model.id;
      if ((record.wire_id ?? model.id) !== wireId) {
        return [`${name}/${model.id} is ${record.wire_id ?? 'nothing'} in its record`];
      }
      const priced = record.pricing !== null || !record.wire_id || /price unknown/i.test(record.note ?? '');
      return priced ? [] : [`${name}/${model.id} has no price`];
    }),
  );
}

/** Presets that replace a preset of another module. */
export function strayReplacements(data: RegistryData): Offenders {
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

/** The vendors' key formats, a bearer header, and the hexadecimal keys of Azure. */
const keyLike = /\b(?:sk|pk|gsk|xai)-[\w-]{16,}|\bAIza[\w-]{20,}|\bBearer\s+[\w.-]{12,}|\b[0-9a-f]{32,}\b/;

/** Files with text that looks like a key. */
export function keysInFiles(data: RegistryData): Offenders {
  return Object.entries(data.texts).flatMap(([path, text]) => (keyLike.test(text) ? [path] : []));
}

/** Cloud providers that require no key, and variables whose names do not end in _KEY. */
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
