import { z } from 'zod';
import { fieldRules } from './field-rules.ts';
import { textDetail } from './coded-texts.ts';
import { connectionFailure } from './connection-failure.ts';
import { warningDetail } from './warnings.ts';
import { priceRecord } from './price-record.ts';
import { generationOptions, lifecycleView, moduleDefault, preset, presetOptions } from './module-preset.ts';

/** Adapter names for registries: ComfyVN's own first, then ours. */
export const adapterNames = [
  'openai_compat',
  'lmstudio',
  'ollama',
  'anthropic_compat',
  'proxy',
  'stub',
  'openai',
  'anthropic',
  'gemini',
  'azure_openai',
  'openrouter',
] as const;
export const adapterName = z.enum(adapterNames);
export type AdapterName = z.infer<typeof adapterName>;

export const providerKind = z.enum(['local', 'cloud', 'proxy', 'stub']);
export type ProviderKind = z.infer<typeof providerKind>;

/**
 * The effect of a rule. `drop` omits the parameter and reports it in `dropped`; `warn` (the default) sends
 * the request unchanged; `block` refuses a live call, because omitting something would change its meaning.
 */
export const ruleLevel = z.enum(['drop', 'warn', 'block']);

/**
 * A condition on a request. `at` is a parameter's neutral name (`reasoning_effort`), a JSON pointer into the
 * final body (`/messages/-1/role`, where `-1` is the last entry), `header:name` or `query:name`. A missing
 * value satisfies none of the comparisons.
 */
export const ruleTest = z.strictObject({
  at: z.string().min(1),
  present: z.boolean().optional(),
  in: z.array(z.unknown()).optional(),
  not_in: z.array(z.unknown()).optional(),
  /** Compared as text, for versions that are dates. */
  from: z.string().optional(),
  before: z.string().optional(),
});
export type RuleTest = z.infer<typeof ruleTest>;

const ruleBase = {
  /** Its name in `ignore_rules`. By default it is derived from its kind and parameters. */
  id: z.string().min(1).optional(),
  level: ruleLevel.optional(),
  /** All of these must hold for the rule to apply. */
  when: z.array(ruleTest).optional(),
  /** The rule does not apply if one of these holds; a record lists values by parameter. */
  unless: z.union([z.record(z.string(), z.array(z.unknown())), z.array(ruleTest)]).optional(),
  message: z.string().optional(),
  source: z.string().optional(),
  /** The date of the source. */
  as_of: z.string().optional(),
};

/** Something that a model is known to refuse. `source` is where that is documented. */
export const modelRule = z.discriminatedUnion('rule', [
  z.strictObject({
    rule: z.literal('range'),
    param: z.string(),
    min: z.number().optional(),
    max: z.number().optional(),
    ...ruleBase,
  }),
  /** Of parameters that are refused together, `drop` omits the last one named. */
  z.strictObject({ rule: z.literal('not_together'), params: z.array(z.string()).min(2), ...ruleBase }),
  z.strictObject({
    rule: z.literal('refused'),
    params: z.array(z.string()).min(1),
    /** Values that are accepted all the same. */
    except: z.array(z.unknown()).optional(),
    ...ruleBase,
  }),
  z.strictObject({ rule: z.literal('renamed'), param: z.string(), to: z.string(), ...ruleBase }),
  /** Values that the model does not support, each with the nearest supported one. */
  z.strictObject({
    rule: z.literal('replaced'),
    param: z.string(),
    values: z.record(z.string(), z.string()),
    ...ruleBase,
  }),
  /** A request that is refused as a whole if `when` holds. */
  z.strictObject({
    rule: z.literal('forbidden'),
    ...ruleBase,
    when: z.array(ruleTest).min(1),
    message: z.string(),
  }),
]);
export type ModelRule = z.infer<typeof modelRule>;

/** USD per `per` tokens. `quoted` is the seed document's figure, beside the verified one. */
export const pricing = z.object({
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
  currency: z.literal('USD'),
  per: z.literal(1_000_000),
  source: z.string(),
  as_of: z.string(),
  /** The model id that the price table matched; shown because the match is fuzzy. */
  matched: z.string().optional(),
  /** A surcharge already included in `input` and `output`, as a fraction (OpenRouter's platform fee). */
  fee: z.number().optional(),
  quoted: z.object({ input: z.number(), output: z.number(), as_of: z.string() }).optional(),
  /**
   * The complete price record: tiers, cached tokens, batch, fees, announced changes; without the surcharge.
   */
  record: priceRecord.optional(),
});
export type Pricing = z.infer<typeof pricing>;

/** How a model takes a JSON Schema: in its request, as one forced tool, or only as JSON without a schema. */
export const structuredOutput = z.enum(['json_schema', 'json_object', 'tool', 'prompt']);
export type StructuredOutput = z.infer<typeof structuredOutput>;

/** A model as written in a registry file. */
export const modelEntry = z.looseObject({
  id: z.string().min(1),
  wire_id: z.string().min(1).optional(),
  label: z.string().optional(),
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
  options: generationOptions.optional(),
  /** Context window in tokens. */
  context: z.number().int().positive().nullish(),
  /** Maximum tokens of one reply. */
  max_output: z.number().int().positive().nullish(),
  structured_output: structuredOutput.optional(),
  rules: z.array(modelRule).optional(),
  /**
   * USD per million tokens, before the provider's surcharge. This price takes precedence over any price
   * table.
   */
  pricing: z
    .looseObject({
      input: z.number().nonnegative().optional(),
      output: z.number().nonnegative().optional(),
      source: z.string().optional(),
      as_of: z.string().optional(),
    })
    .nullish(),
});
export type ModelEntry = z.infer<typeof modelEntry>;

/** A provider as written in a registry file, ours or ComfyVN's. */
export const providerEntry = z.looseObject({
  name: z.string().regex(/^[A-Za-z0-9][\w.-]{0,63}$/, fieldRules.provider_name),
  adapter: adapterName,
  base: z.string(),
  label: z.string().optional(),
  /** Seconds to the first byte, and between bytes. */
  timeout: z.number().positive().max(3600).optional(),
  kind: providerKind.optional(),
  enabled: z.boolean().optional(),
  tags: z.array(z.string()).optional(),
  credentials: z
    .strictObject({
      required: z.boolean(),
      /** Additional variables for the key, after `COMFYVN_LLM_<PROVIDER>_API_KEY`, in order. */
      env: z.array(z.string()).optional(),
    })
    .optional(),
  headers: z.record(z.string(), z.string()).optional(),
  models: z.array(modelEntry).optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
export type ProviderEntry = z.infer<typeof providerEntry>;

/** ComfyVN's `registry.json`, read unchanged. */
export const registryFile = z.looseObject({
  providers: z.array(providerEntry),
  defaults: z
    .looseObject({
      provider: z.string().optional(),
      model: z.string().optional(),
      options: generationOptions.optional(),
      modules: z.record(z.string(), moduleDefault).optional(),
    })
    .optional(),
});
export type RegistryFile = z.infer<typeof registryFile>;

/** A model as the API returns it. */
export const modelView = z.object({
  id: z.string(),
  wire_id: z.string().nullable(),
  label: z.string(),
  description: z.string(),
  tags: z.array(z.string()).min(1),
  options: generationOptions,
  context: z.number().nullable(),
  pricing: pricing.nullable(),
  lifecycle: lifecycleView,
  /** The latest source that listed it: the provider's own list, else our record. Null: neither. */
  checked: z.object({ as_of: z.string(), source: z.string() }).nullable(),
});
export type ModelView = z.infer<typeof modelView>;

export const diagnostics = z.object({
  status: z.enum(['ok', 'missing_key', 'disabled', 'unreachable', 'unauthorized', 'error']),
  latency_ms: z.number().nullable(),
  checked_at: z.string(),
  models_found: z.number().optional(),
  missing_models: z.array(z.string()).optional(),
  /** Host and port of the proxy for its calls; absent without one. Never a credential. */
  proxy: z.string().optional(),
  /** For display, in English; why it failed also as a code of `provider_check` in `coded-texts.ts`. */
  message: z.string(),
  message_detail: textDetail.optional(),
  /** The code and values of `message`, if no reply came. */
  connection: connectionFailure.optional(),
  /** Our own advice, which `message` repeats after the failure. */
  hint: z.string().optional(),
});
export type Diagnostics = z.infer<typeof diagnostics>;

/**
 * A key's state: `sealed` is saved but not decrypted yet, `locked` is saved but cannot be decrypted,
 * `other_origin` was saved for a different address, `unusable` cannot be sent in a header.
 */
const keyState = z.enum(['ready', 'sealed', 'locked', 'other_origin', 'unusable', 'missing']);

/** One of a provider's keys. Never the key itself. */
export const listedKey = z.object({
  /** A variable's name, or the name under which it is saved. */
  id: z.string(),
  /** The user's name for it. */
  label: z.string().nullable(),
  /** A variable's name, or `store`. */
  source: z.string(),
  /** The key that `keys.set` and `keys.remove` mean by default. */
  first: z.boolean(),
  /** Absent for a key under 12 characters, and for one that is not decrypted. */
  last4: z.string().optional(),
  state: keyState.exclude(['missing']),
  /** Why it cannot be used: names the variable, never the key. The detail is a code of `key_problem`. */
  problem: z.string().optional(),
  problem_detail: textDetail.optional(),
  /** The only origin to which the key is sent. */
  origin: z.string().nullable(),
  /**
   * `free`: calls may use it. `cooling`: the provider answered 429, and it rests until `until`. `set_aside`:
   * the provider refused it, and it is used only if no other key is left.
   */
  status: z.enum(['free', 'cooling', 'set_aside']),
  /** ISO time, UTC. */
  until: z.string().optional(),
  /** The provider's message, with secrets redacted. */
  reason: z.string().optional(),
});
export type ListedKey = z.infer<typeof listedKey>;

export const credentialState = z.object({
  required: z.boolean(),
  /** Whether a call would find a key, as far as is known without decrypting one. */
  present: z.boolean(),
  /** Where the key was found: a variable's name, `store`, `metadata`, or null. Never the key itself. */
  source: z.string().nullable(),
  last4: z.string().optional(),
  state: keyState,
  /** Why it cannot be used: names the variable, never the key. The detail is a code of `key_problem`. */
  problem: z.string().optional(),
  problem_detail: textDetail.optional(),
  /** The only origin to which the key is sent. */
  origin: z.string().nullable(),
  /** Why it is locked: the keyring (or passphrase) could not be opened, or only this key could not. */
  locked_by: z.enum(['store', 'key']).optional(),
  /** The variables that are checked, in order, before the panel's store. */
  env: z.array(z.string()),
});
export type CredentialState = z.infer<typeof credentialState>;

/** A provider as the API returns it. */
export const providerView = z.object({
  name: z.string(),
  adapter: adapterName,
  label: z.string(),
  base: z.string(),
  base_url: z.string(),
  /** The environment variable that sets `base_url`; null if none does. */
  base_url_from: z.string().nullable(),
  timeout: z.number(),
  /** The environment variable that sets `timeout`; null if none does. */
  timeout_from: z.string().nullable(),
  kind: providerKind,
  enabled: z.boolean(),
  /** The flags in `config/comfyvn.json` that would enable it; empty if it needs none. */
  flags: z.array(z.string()),
  credentials: credentialState,
  tags: z.array(z.string()),
  models: z.array(modelView),
  settings: z.record(z.string(), z.unknown()),
  metadata: z.record(z.string(), z.unknown()),
  /** Which file or variable it comes from, for the panel. */
  origin: z.enum(['built-in', 'comfyvn', 'user']),
  diagnostics: diagnostics.optional(),
});
export type ProviderView = z.infer<typeof providerView>;

/** Advance notice to the user about a module. */
export const moduleNotice = z.object({
  kind: z.enum([
    'moved',
    'ends',
    'vanished',
    'sources_differ',
    'price_changes',
    'price_changed',
    'override_ends',
  ]),
  /** `warn` if calls fail, or will fail within a month, unless the user acts. */
  tone: z.enum(['info', 'warn']),
  text: z.string(),
  /** The same with its code. */
  warning: warningDetail,
  /** The date it concerns, as `YYYY-MM-DD`. */
  date: z.string().nullable(),
  /** The preset it concerns; null for a default of ComfyVN's file. */
  preset: z.string().nullable(),
});
export type ModuleNotice = z.infer<typeof moduleNotice>;

export const moduleView = z.object({
  provider: z.string(),
  model: z.string(),
  options: presetOptions,
  tags: z.array(z.string()),
  label: z.string().optional(),
  schema: z.record(z.string(), z.unknown()).optional(),
  /** The preset that serves the module now, and why it is not the one that the file names. */
  active_preset: z.string().nullable(),
  moved: z.string().nullable(),
  notices: z.array(moduleNotice),
  shortlist: z.array(preset),
});
export type ModuleView = z.infer<typeof moduleView>;

/** `registry/defaults.json`: what serves a call that names no provider, model or module. */
export const builtInDefaults = z.strictObject({
  provider: z.string(),
  model: z.string(),
  options: generationOptions,
});
