import { z } from 'zod';
import { languages } from './languages.ts';

const theme = z.enum(['system', 'light', 'dark']);
const language = z.enum(['system', ...languages]);
const textSize = z.number().int().min(90).max(130);
const drafts = z.record(z.string(), z.unknown());
/** USD; null takes the limit off. */
const budgetUsd = z.number().min(0).max(1_000_000).nullable();

/** Scheme, host and port, as a URL's `origin` has them. */
const origins = z.array(z.string().max(300)).max(200);

const keepDays = z.number().int().min(1).max(3650);

const perMinute = z.number().int().positive().max(1_000_000_000);

/** Requests and tokens a minute; what is not set here is as the provider's replies say. */
export const minuteLimits = z.object({
  requests_per_minute: perMinute.optional(),
  tokens_per_minute: perMinute.optional(),
});
export type MinuteLimits = z.infer<typeof minuteLimits>;

/** Limits a minute, as providers count them. */
export const meterLimits = z.object({
  requests: z.number().optional(),
  tokens: z.number().optional(),
  input_tokens: z.number().optional(),
  output_tokens: z.number().optional(),
});

/** Of all models of a provider together, and of single ones, by model id. They hold for each key. */
export const providerLimits = minuteLimits.extend({
  models: z.record(z.string(), minuteLimits).optional(),
});
export type ProviderLimits = z.infer<typeof providerLimits>;

/** What the panel remembers for one person on one machine. Never a secret. */
export const panelSettings = z.object({
  theme: theme.default('system'),
  /** In percent. */
  text_size: textSize.default(100),
  /** Of the panel's texts, as a BCP 47 tag; `system` for the first one that the system asks for. */
  language: language.default('system'),
  /** Unsent work by view, opaque to main. An update replaces the views it names. */
  drafts: drafts.default({}),
  /** Spent on cloud providers in a day (UTC) and in one call, at most. An environment variable wins over these. */
  daily_budget_usd: budgetUsd.default(2),
  call_budget_usd: budgetUsd.default(0.25),
  /** Store messages and reply with each call in the log. */
  record_bodies: z.boolean().default(false),
  /** The question whether to keep it was answered: it is asked once. */
  asked_record_bodies: z.boolean().default(false),
  /** How long the call log keeps a call, in days. */
  keep_calls_days: keepDays.default(90),
  /** Where several machines share a PostgreSQL: also work on translation runs that another one began. */
  help_with_runs: z.boolean().default(false),
  /** Where the API listens; null for the default. A flag and an environment variable win over these. */
  server_port: z.number().int().min(1).max(65535).nullable().default(null),
  server_host: z.string().nullable().default(null),
  allowed_origins: z.array(z.string()).default([]),
  /** Origins in the person's own network: providers there count as local. Only private addresses are called there. */
  own_networks: origins.default([]),
  /** Origins that the person marked as not their own network: the panel does not ask again. */
  foreign_networks: origins.default([]),
  /** What providers take a minute, by provider. An update replaces the providers it names; null removes one. */
  provider_limits: z.record(z.string(), providerLimits).default({}),
});
export type PanelSettings = z.infer<typeof panelSettings>;

/** Some of them, and limits of some providers. */
export type SettingsChange = Partial<Omit<PanelSettings, 'provider_limits'>> & {
  provider_limits?: Record<string, ProviderLimits | null> | undefined;
};

/** What `server.configure` and `providers.ownNetwork` decide is not among them. */
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
