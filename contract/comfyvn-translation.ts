import { z } from 'zod';

/** Input and output of ComfyVN's own translation routes (`server/routes/translation.py`). */
const meta = z.record(z.string(), z.unknown());
const text = z.string().nullish();
const language = z.string().trim().min(1).max(100);

/** A bare text is its own key. If several names for one field are present, the first one counts. */
const batchItem = z.union([
  z.string(),
  z.looseObject({
    key: text,
    id: text,
    uid: text,
    src: text,
    name: text,
    source: text,
    text,
    default: text,
    fallback: text,
    value: text,
    meta: meta.nullish(),
  }),
]);
export type ComfyBatchItem = z.infer<typeof batchItem>;

const items = z.array(batchItem).max(10_000);

export const comfyBatchRequest = z.strictObject({
  items: items.optional(),
  strings: items.optional(),
  target: language.optional(),
  source: language.optional(),
  source_lang: language.optional(),
  fallback: language.optional(),
  fallback_lang: language.optional(),
  meta: meta.optional(),
  /** Returns what would be sent and its cost; nothing is sent. */
  dry_run: z.boolean().optional(),
  mock: z.boolean().optional(),
  provider: z.string().optional(),
  model: z.string().optional(),
  preset: z.string().optional(),
});

export const comfyEntry = z.looseObject({
  id: z.string(),
  key: z.string(),
  lang: z.string(),
  origin: z.string(),
  /** The origin again, because ComfyVN's own answers repeat it. */
  source: z.string(),
  source_text: z.string(),
  target: z.string().nullable(),
  src: z.string(),
  tgt: z.string().nullable(),
  confidence: z.number(),
  reviewed: z.boolean(),
  version: z.number(),
  created_at: z.string().nullable(),
  updated_at: z.string().nullable(),
  hits: z.number(),
  reviewed_at: z.string().nullable(),
  reviewed_by: z.string().nullable(),
  status: z.string().optional(),
  source_lang: z.string().optional(),
  fallback: z.string().optional(),
  meta: meta.optional(),
  links: z.record(z.string(), z.string()),
});
export type ComfyEntry = z.infer<typeof comfyEntry>;

const links = z.record(z.string(), z.string());

export const comfyBatchAnswer = z.object({
  target: z.string(),
  source_lang: z.string(),
  items: z.array(comfyEntry),
  links,
  debug: z.object({
    requested: z.number(),
    cache_hits: z.number(),
    /** Entries that were not in the memory before and are translated or planned now. */
    stubbed: z.number(),
    available_languages: z.array(z.string()),
  }),
  dry_run: z.boolean(),
  /** For a dry run: what would be sent. */
  plan: z
    .object({
      requests: z.number(),
      prompt_tokens: z.number(),
      cost: z.object({ min: z.number(), max: z.number().nullable() }).nullable(),
    })
    .nullable(),
  cost_usd: z.number(),
});

/** From a URL, so every value is text. */
export const comfyReviewQuery = z.strictObject({
  lang: z.string().optional(),
  status: z.enum(['pending', 'reviewed', 'all']).default('pending'),
  key: z.string().optional(),
  limit: z.coerce.number().int().min(0).max(10_000).optional(),
  include_meta: z.union([z.boolean(), z.string()]).optional(),
  asset: z.string().optional(),
  component: z.string().optional(),
});

const totals = z.object({
  pending: z.record(z.string(), z.number()),
  reviewed: z.record(z.string(), z.number()),
});

export const comfyReviewAnswer = z.object({
  status: z.string(),
  items: z.array(comfyEntry),
  counts: z.object({ pending: z.number(), reviewed: z.number() }),
  totals,
  links,
  lang: z.string().optional(),
  key: z.string().optional(),
  filters: meta.optional(),
});

export const comfyReviewUpdate = z.strictObject({
  id: z.string().optional(),
  entry_id: z.string().optional(),
  key: z.string().optional(),
  lang: z.string().optional(),
  language: z.string().optional(),
  translation: z.string().nullish(),
  target: z.string().nullish(),
  reviewer: text,
  reviewed_by: text,
  editor: text,
  confidence: z.coerce.number().min(0).max(1).optional(),
  reviewed: z.union([z.boolean(), z.enum(['true', 'false'])]).optional(),
  action: z.enum(['approve', 'unapprove', 'update']).or(z.literal('')).optional(),
  meta: meta.nullish(),
  source: text,
  source_text: text,
  origin: text,
  source_lang: text,
  fallback_lang: text,
});

export const comfyReviewed = z.object({ entry: comfyEntry, links });

export const comfyExportQuery = comfyReviewQuery.pick({ lang: true, key: true, include_meta: true });

export const comfyJsonExport = z.object({
  generated_at: z.string(),
  entries: z.array(z.record(z.string(), z.unknown())),
  lang: z.string().optional(),
  key: z.string().optional(),
});

export const comfyPoExport = z.object({ text: z.string(), file: z.string() });
