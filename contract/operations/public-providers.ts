import { z } from 'zod';
import { chatRequest } from '../chat.ts';
import { wirePlan } from '../plan.ts';
import { credentialState, modelView, providerView } from '../provider.ts';
import { warningFields } from '../warnings.ts';
import { operation } from './define.ts';

/** The flag for all public connectors, under ComfyVN's name. */
const feature = z.object({ feature: z.literal('enable_public_llm'), enabled: z.boolean() });

const publicModel = z.object({ provider: z.string(), ...modelView.shape });

/** The registry's public connectors, their models in one list, and each vendor's price page. */
const publicRegistry = z.object({
  /** True while `enable_public_llm` is on. */
  ok: z.boolean(),
  feature,
  providers: z.array(providerView),
  models: z.array(publicModel),
  tags: z.array(z.string()),
  pricing_links: z.record(z.string(), z.string()),
});

const publicCatalog = z.object({ ok: z.literal(true), feature, providers: z.array(providerView) });

const { messages, ...fields } = chatRequest.shape;

/** A chat to a public provider, which is only ever planned. */
const publicChatRequest = z.strictObject({ ...fields, messages, provider: z.string().trim().min(1) });
export type PublicChatRequest = z.infer<typeof publicChatRequest>;

const dispatchPlan = z.object({
  ...wirePlan.pick({ method: true, url: true, headers: true }).shape,
  /** The body as it would be sent. */
  json: z.unknown(),
});

const publicPlan = z.object({
  /** The registry's name for the provider. */
  provider: z.string(),
  endpoint: z.string(),
  dispatch: dispatchPlan,
  model: z.string(),
  /** null for a model that the registry does not list. */
  model_info: modelView.nullable(),
  inputs: z.object({ message_count: z.number().int(), has_tools: z.boolean() }),
  credentials_present: z.boolean(),
  credentials: credentialState,
  pricing_url: z.string().nullable(),
});

const planned = z.object({
  ok: z.literal(true),
  dry_run: z.literal(true),
  feature,
  plan: publicPlan,
  ...warningFields,
});
const unknown = z.object({
  ok: z.literal(false),
  dry_run: z.literal(true),
  feature,
  reason: z.string(),
  /** The known names. */
  known: z.array(z.string()),
});

export const publicProviderOperations = {
  'publicProviders.registry': operation('query', z.strictObject({}), publicRegistry),
  'publicProviders.catalog': operation('query', z.strictObject({}), publicCatalog),
  'publicProviders.chat': operation('query', publicChatRequest, z.union([planned, unknown])),
};
