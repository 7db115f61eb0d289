import { z } from 'zod';
import { fieldRules } from './field-rules.ts';

/** Fields of `metadata` with a meaning; others are stored and shown. */
export const runtimeMetadata = z.looseObject({
  base_url: z.string().optional(),
  api_key: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** Seconds. */
  timeout: z.number().positive().max(3600).optional(),
  models: z.array(z.union([z.string(), z.looseObject({ id: z.string() })])).optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
});
export type RuntimeMetadata = z.infer<typeof runtimeMetadata>;

const id = z.string().regex(/^[A-Za-z0-9][\w.-]{0,63}$/, fieldRules.adapter_id);

export const runtimeRegistration = z.strictObject({
  id: id.optional(),
  /** ComfyVN's name for `id`. */
  adapter_id: id.optional(),
  /** A registry provider's name, or an adapter name. */
  provider: z.string().min(1),
  label: z.string().optional(),
  modes: z.array(z.string()).optional(),
  metadata: runtimeMetadata.optional(),
});
export type RuntimeRegistration = z.infer<typeof runtimeRegistration>;

/** A runtime adapter for display: a key in `metadata` as `…last4`. */
export const runtimeAdapter = z.object({
  adapter_id: z.string(),
  provider: z.string(),
  label: z.string(),
  modes: z.array(z.string()),
  metadata: z.record(z.string(), z.unknown()),
});
export type RuntimeAdapter = z.infer<typeof runtimeAdapter>;
