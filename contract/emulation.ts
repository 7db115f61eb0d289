import { z } from 'zod';
import { fieldRules } from './field-rules.ts';
import { message, usage } from './chat.ts';
import { generationOptions } from './module-preset.ts';

/** A remembered turn. */
export const personaTurn = z.object({
  role: z.enum(['system', 'user', 'assistant']).default('user'),
  content: z.string(),
});
export type PersonaTurn = z.infer<typeof personaTurn>;

const personaId = z.string().trim().min(1).max(128);

/** `memory` and `style_guides` replace the old values; `safety` and `metadata` are merged key by key. */
export const personaUpdate = z.strictObject({
  persona_id: personaId,
  memory: z.array(personaTurn).optional(),
  style_guides: z.array(z.string()).optional(),
  safety: z.record(z.string(), z.unknown()).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
export type PersonaUpdate = z.infer<typeof personaUpdate>;

export const persona = z.object({
  persona_id: z.string(),
  memory: z.array(personaTurn),
  style_guides: z.array(z.string()),
  safety: z.record(z.string(), z.unknown()),
  metadata: z.record(z.string(), z.unknown()),
});
export type Persona = z.infer<typeof persona>;

export const emulationStatus = z.object({
  feature_flag: z.literal('SillyCompatOffload'),
  enabled: z.boolean(),
  persona_count: z.number().int(),
  personas: z.array(persona),
  /** Why `enabled` differs from the last request. */
  warnings: z.array(z.string()),
});
export type EmulationStatus = z.infer<typeof emulationStatus>;

export const emulationChatRequest = z.strictObject({
  persona_id: z.string().trim().max(128).nullish(),
  messages: z.array(message).min(1, fieldRules.has_message),
  module: z.string().nullish(),
  provider: z.string().nullish(),
  /** ComfyVN's other name for `provider`. */
  provider_id: z.string().nullish(),
  model: z.string().nullish(),
  /** ComfyVN's other name for `model`. */
  model_id: z.string().nullish(),
  options: z.record(z.string(), z.unknown()).nullish(),
});
export type EmulationChatRequest = z.infer<typeof emulationChatRequest>;

export const emulationAnswer = z.object({
  reply: z.string(),
  usage: usage.nullable(),
  metadata: z.object({
    persona_id: z.string(),
    module: z.string().nullable(),
    provider: z.string(),
    model: z.string(),
    /** The merged options of the call. */
    options: generationOptions,
  }),
  raw: z.unknown(),
  headers: z.record(z.string(), z.string()),
  /** The provider's HTTP status; 200 if none was called. */
  status: z.number().int(),
});
export type EmulationAnswer = z.infer<typeof emulationAnswer>;
