import { z } from 'zod';
import { languages } from './languages.ts';

const theme = z.enum(['system', 'light', 'dark']);
const language = z.enum(['system', ...languages]);
const textSize = z.number().int().min(90).max(130);
const drafts = z.record(z.string(), z.unknown());
/** USD; null removes the limit. */
const budgetUsd = z.number().min(0).max(1_000_000).nullable();

/** Scheme, host and port, in the form of a URL's `origin`. */
const origins = z.array(z.string().max(300)).max(200);

const keepDays = z.number().int().min(1).max(3650);

const perMinute = z.number().int().positive().max(1_000_000_000);

/** Requests and tokens per minute; unset values come from the provider's replies. */
export const minuteLimits = z.object({
  requests_per_minute: perMinute.optional(),
  tokens_per_minute: perMinute.optional(),
});
export type MinuteLimits = z.infer<typeof minuteLimits>;

/** Limits per minute, as providers count them. */
export const meterLimits = z.object({
  requests: z.number().optional(),
  tokens: z.number().optional(),
  input_tokens: z.number().optional(),
  output_tokens: z.number().optional(),
});

/** For all models of a provider together, and for individual models by id. They apply to each key. */
export const providerLimits = minuteLimits.extend({
  models: z.record(z.string(), minuteLimits).optional(),
});
export type ProviderLimits = z.infer<typeof providerLimits>;

/** Settings that the panel stores for one user on one machine. Never contains a secret. */
export const panelSettings = z.object({
  theme: theme.default('system'),
  /** In percent. */
  text_size: textSize.default(100),
  /** The language of the panel as a BCP 47 tag; `system` means the first supported one of the system. */
  language: language.default('system'),
  /** Unsent input by view, opaque to main. An update replaces the views that it names. */
  drafts: drafts.default({}),
  /**
   * Maximum spending on cloud providers per day (UTC) and per call. Environment variables take precedence.
   */
  daily_budget_usd: budgetUsd.default(2),
  call_budget_usd: budgetUsd.default(0.25),
  /** Store messages and reply with each call in the log. */
  record_bodies: z.boolean().default(false),
  /** True once the user has been asked whether to store messages. */
  asked_record_bodies: z.boolean().default(false),
  /** How long the call log keeps a call, in days. */
  keep_calls_days: keepDays.default(90),
  /** If several machines share a PostgreSQL: also work on translation runs that another one started. */
  help_with_runs: z.boolean().default(false),
  /** The API's port; null for the default. A flag and an environment variable take precedence. */
  server_port: z.number().int().min(1).max(65535).nullable().default(null),
  server_host: z.string().nullable().default(null),
  allowed_origins: z.array(z.string()).default([]),
  /**
   * Origins in the user's own network: providers there count as local. Only private addresses are called
   * there.
   */
  own_networks: origins.default([]),
  /** Origins that the user marked as not their own network: the panel does not ask again. */
  foreign_networks: origins.default([]),
  /** Limits per minute, by provider. An update replaces the providers that it names; null removes one. */
  provider_limits: z.record(z.string(), providerLimits).default({}),
});
export type PanelSettings = z.infer<typeof panelSettings>;

/** A partial update, with limits of some providers. */
export type SettingsChange = Partial<Omit<PanelSettings, 'provider_limits'>> & {
  provider_limits?: Record<string, ProviderLimits | null> | undefined;
};

/** Excludes settings that `server.configure` and `providers.ownNetwork` change. */
export const settingsUpdate = z.strictObject({
  theme: theme.optional(),
  text_size: textSize.optional(),
  language: language.optional(),
  drafts: drafts.optional(),
  daily_budget_usd: budgetUsd.optional(),
  call_budget_usd: budgetUsd.optional(),
  record_bodies: z.boolean().optional(),
  asked_record_bodies: z.boolean().optional(),
  keep_calls_days: keepDays.optional(),
  help_with_runs: z.boolean().optional(),
  provider_limits: z.record(z.string(), providerLimits.nullable()).optional(),
});
