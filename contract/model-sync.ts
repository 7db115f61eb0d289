import { z } from 'zod';
import { fieldRules } from './field-rules.ts';
import { textDetail } from './coded-texts.ts';
import { modelRule } from './provider.ts';

/** Maximum models per provider; a longer list is refused as a whole. */
export const maxListedModels = 10_000;

const date = z.iso.date();
/** USD per million tokens, before the provider's surcharge. */
const price = z.strictObject({ input: z.number().min(0).max(1e6), output: z.number().min(0).max(1e6) });

/** The usable facts about a model in a provider's list. */
export const listedFacts = z.strictObject({
  /** Context window in tokens. */
  context: z.number().int().positive().max(1e9).optional(),
  shutdown: date.optional(),
  pricing: price.optional(),
  supported_parameters: z
    .array(z.string().regex(/^[\w.-]{1,64}$/, fieldRules.parameter_name))
    .max(200)
    .optional(),
});
export type ListedFacts = z.infer<typeof listedFacts>;

/** An id that a registry can store: printable, of reasonable length, and not a prototype's property. */
export const listedId = z
  .string()
  .min(1)
  .max(200)
  .refine((id) => id === id.trim() && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(id), fieldRules.printable)
  .refine((id) => !['__proto__', 'constructor', 'prototype'].includes(id), fieldRules.not_reserved);

/** Accepted facts about one model, with the list from which they come. */
export const keptModel = z.strictObject({
  /** As in the registry; for a model that is not in it, as in the list. */
  id: z.string().min(1),
  /** The list had it and the registry did not. */
  added: z.literal(true).optional(),
  label: z.string().max(200).optional(),
  /** The day of the list that did not contain it. */
  absent: date.optional(),
  ...listedFacts.shape,
  /** These two come only from imports, because no provider's list has them. */
  successor: listedId.optional(),
  rules: z.array(modelRule).max(100).optional(),
  /** The source of the end date, if it differs from `source`. */
  end_source: z.string().max(200).optional(),
  end_as_of: date.optional(),
  source: z.string(),
  as_of: date,
});
export type KeptModel = z.infer<typeof keptModel>;

/** `config/llm/overlays/<provider>.json`: facts accepted from the provider's own list. */
export const overlayFile = z.strictObject({
  version: z.literal(1),
  provider: z.string(),
  /** Where the list was fetched from; the facts apply to no other server. */
  origin: z.string(),
  models: z.array(keptModel).max(2 * maxListedModels),
});
export type OverlayFile = z.infer<typeof overlayFile>;

const fromTo = <F extends string, T extends z.ZodType>(field: F, value: T) =>
  z.object({ field: z.literal(field), from: value.nullable(), to: value.nullable() });

/** One changed fact; null if a value is unknown. `absent` is the day of a list without the model. */
export const factChange = z.discriminatedUnion('field', [
  fromTo('context', z.number()),
  fromTo('shutdown', z.string()),
  fromTo('pricing', price),
  fromTo('supported_parameters', z.array(z.string())),
  fromTo('absent', z.string()),
  fromTo('successor', z.string()),
  fromTo('rules', z.array(modelRule)),
]);
export type FactChange = z.infer<typeof factChange>;

export const syncItem = z.object({ id: z.string(), label: z.string(), changes: z.array(factChange) });
export type SyncItem = z.infer<typeof syncItem>;

/** The changes that a provider's list would make to the current registry. */
export const modelSync = z.object({
  provider: z.string(),
  /** The list's URL without its query, and the day it was fetched. */
  source: z.string(),
  as_of: date,
  /** Models in the list. */
  found: z.number().int(),
  /** False for one page of a longer list: then no model can be reported as missing. */
  complete: z.boolean(),
  added: z.array(syncItem),
  /** In the registry, not in the list. */
  missing: z.array(syncItem),
  changed: z.array(syncItem),
  /** Entries that a registry cannot store: their number, and the first of them. */
  left_out: z.object({
    count: z.number().int(),
    first: z.array(z.object({ id: z.string(), reason: z.string() })),
  }),
  /** Until then the result can be accepted. */
  keep_until: z.iso.datetime(),
});
export type ModelSync = z.infer<typeof modelSync>;

/**
 * News about a model in the registry: it vanished or came back, an end date was announced, its price changed.
 */
export const modelNews = z.object({
  provider: z.string(),
  model: z.string(),
  kind: z.enum(['vanished', 'ends', 'price']),
  change: factChange,
  /** Modules that it currently serves. */
  serves: z.array(z.string()),
});
export type ModelNews = z.infer<typeof modelNews>;

/** The lists of all providers that could be queried. Nothing is stored. */
export const newsReport = z.object({
  lists: z.array(modelSync),
  /** The relevant differences, models that serve a module first. */
  news: z.array(modelNews),
  /** Providers whose query failed. */
  failed: z.array(z.object({ provider: z.string(), code: z.string(), message: z.string() })),
  /** Providers that were not queried, with the reason. */
  skipped: z.array(
    z.object({
      provider: z.string(),
      reason: z.enum(['off', 'no_key', 'no_list', 'no_address', 'not_running']),
    }),
  ),
});
export type NewsReport = z.infer<typeof newsReport>;

export const catalogueKind = 'comfyvn-llm-panel/catalogue';

const catalogueModel = z.strictObject({
  provider: z.string().min(1),
  id: listedId,
  label: z.string().max(200).optional(),
  ...listedFacts.shape,
  successor: listedId.optional(),
  rules: z.array(modelRule).max(100).optional(),
});

/**
 * A catalogue file: models, their end dates, prices and rules. It cannot set a provider's address or kind.
 */
export const catalogueFile = z.strictObject({
  kind: z.literal(catalogueKind),
  version: z.literal(1),
  /** The source, and its date. */
  source: z.string().min(1).max(200),
  as_of: date,
  models: z.array(catalogueModel).min(1).max(maxListedModels),
});
export type CatalogueFile = z.infer<typeof catalogueFile>;

export const catalogueItem = z.object({
  provider: z.string(),
  id: z.string(),
  /** `lower_price` needs a confirmation; `older`: the stored facts are from a later day. */
  outcome: z.enum(['added', 'changed', 'same', 'lower_price', 'older', 'refused']),
  changes: z.array(factChange),
  /** Why it was refused; the detail is a code of `catalogue_item` in `coded-texts.ts`. */
  reason: z.string().optional(),
  reason_detail: textDetail.optional(),
});
export type CatalogueItem = z.infer<typeof catalogueItem>;
