import { z } from 'zod';
import { modelRule } from './provider.ts';

/** The most models of one provider that are taken; a longer list is refused whole. */
export const maxListedModels = 10_000;

const date = z.iso.date();
/** USD per million tokens, before the provider's surcharge. */
const price = z.strictObject({ input: z.number().min(0).max(1e6), output: z.number().min(0).max(1e6) });

/** What a provider's list says of a model, as far as it can be used. */
export const listedFacts = z.strictObject({
  /** Context window in tokens. */
  context: z.number().int().positive().max(1e9).optional(),
  shutdown: date.optional(),
  pricing: price.optional(),
  supported_parameters: z
    .array(z.string().regex(/^[\w.-]{1,64}$/))
    .max(200)
    .optional(),
});
export type ListedFacts = z.infer<typeof listedFacts>;

/** An id that a registry can hold: printable, of a sane length, and no name out of a prototype. */
export const listedId = z
  .string()
  .min(1)
  .max(200)
  .refine(
    (id) => id === id.trim() && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(id),
    'characters that do not show',
  )
  .refine((id) => !['__proto__', 'constructor', 'prototype'].includes(id), 'a reserved name');

/** Facts of one model that were accepted, with the list they come from. */
export const keptModel = z.strictObject({
  /** As the registry has it; of a model that it does not have, as the list does. */
  id: z.string().min(1),
  /** The list had it and the registry did not. */
  added: z.literal(true).optional(),
  label: z.string().max(200).optional(),
  /** The day of the list that did not have it. */
  absent: date.optional(),
  ...listedFacts.shape,
  /** These two are only ever imported: no provider's list tells them. */
  successor: listedId.optional(),
  rules: z.array(modelRule).max(100).optional(),
  /** Where the end date comes from, if not from `source`. */
  end_source: z.string().max(200).optional(),
  end_as_of: date.optional(),
  source: z.string(),
  as_of: date,
});
export type KeptModel = z.infer<typeof keptModel>;

/** `config/llm/overlays/<provider>.json`: what was taken over from the provider's own list. */
export const overlayFile = z.strictObject({
  version: z.literal(1),
  provider: z.string(),
  /** Where the list was asked for; the facts hold for no other server. */
  origin: z.string(),
  models: z.array(keptModel).max(2 * maxListedModels),
});
export type OverlayFile = z.infer<typeof overlayFile>;

const fromTo = <F extends string, T extends z.ZodType>(field: F, value: T) =>
  z.object({ field: z.literal(field), from: value.nullable(), to: value.nullable() });

/** One fact that would be another one; null where nothing is known. `absent` is the day of a list without it. */
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

/** What a provider's list would change in the registry as it is. */
export const modelSync = z.object({
  provider: z.string(),
  /** The list's URL without its query, and the day it was read. */
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
  /** Entries that no registry can hold: how many, and the first of them. */
  left_out: z.object({
    count: z.number().int(),
    first: z.array(z.object({ id: z.string(), reason: z.string() })),
  }),
  /** Until then it can be kept. */
  keep_until: z.iso.datetime(),
});
export type ModelSync = z.infer<typeof modelSync>;

/** What is new of a model that the registry has: it vanished or came back, an end was announced, its price changed. */
export const modelNews = z.object({
  provider: z.string(),
  model: z.string(),
  kind: z.enum(['vanished', 'ends', 'price']),
  change: factChange,
  /** Modules that it serves now. */
  serves: z.array(z.string()),
});
export type ModelNews = z.infer<typeof modelNews>;

/** The lists of all providers that could be asked. Nothing is kept by it. */
export const newsReport = z.object({
  lists: z.array(modelSync),
  /** What matters of all differences, models that serve a module first. */
  news: z.array(modelNews),
  /** Asked, and failed. */
  failed: z.array(z.object({ provider: z.string(), code: z.string(), message: z.string() })),
  /** Not asked, and why. */
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

/** A catalogue file: models, their ends, prices and rules. It cannot say where calls go, nor of what kind a provider is. */
export const catalogueFile = z.strictObject({
  kind: z.literal(catalogueKind),
  version: z.literal(1),
  /** Who says so, and the day. */
  source: z.string().min(1).max(200),
  as_of: date,
  models: z.array(catalogueModel).min(1).max(maxListedModels),
});
export type CatalogueFile = z.infer<typeof catalogueFile>;

export const catalogueItem = z.object({
  provider: z.string(),
  id: z.string(),
  /** `lower_price` waits for a confirmation; `older`: what is kept of the model is from a later day. */
  outcome: z.enum(['added', 'changed', 'same', 'lower_price', 'older', 'refused']),
  changes: z.array(factChange),
  /** Why it is refused. */
  reason: z.string().optional(),
});
export type CatalogueItem = z.infer<typeof catalogueItem>;
