import type { ChatRequest } from '../contract/chat.ts';
import { Offline } from './core/app/offline.ts';
import { sessionSecrets } from './core/secrets/session-secrets.ts';
import { nodePaths } from './host-node/paths.ts';
import { productVersion } from './version.ts';

// The types stand here in full, so that the declarations need no other file and no other package.

export interface Options {
  /** The folder with `config/`; by default `COMFYVN_RUNTIME_ROOT`, else the panel's own. */
  root?: string;
  /** ComfyVN's `registry.json`; by default `COMFYVN_LLM_REGISTRY`. */
  registry?: string;
  /** In place of `process.env`. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970, at which lifecycles are read; by default `Date.now`. */
  now?: () => number;
}

export type Kind = 'local' | 'cloud' | 'proxy' | 'stub';
export type LifecycleStatus = 'active' | 'deprecated' | 'retired' | 'never_released' | 'unknown';

export interface Model {
  id: string;
  /** What goes on the wire; null for a model that was never released. */
  wire_id: string | null;
  label: string;
  tags: string[];
  options: Record<string, unknown>;
  /** Context window in tokens. */
  context: number | null;
  /** USD per million tokens; null where the price is not known. */
  pricing: { input: number; output: number; source: string; as_of: string } | null;
  lifecycle: { status: LifecycleStatus; shutdown: string | null; successor: string | null };
}

export interface Provider {
  name: string;
  adapter: string;
  label: string;
  kind: Kind;
  base_url: string;
  /** False while its feature flag is off; a dry run works all the same. */
  enabled: boolean;
  /** `source` names where a key was found, never the key. */
  credentials: { required: boolean; present: boolean; source: string | null };
  tags: string[];
  models: Model[];
}

/** Who is to answer: the fields of `POST /api/llm/chat`. */
export interface Target {
  provider?: string;
  /** A model id, `provider/model`, `module:NAME`, or a provider's name. */
  model?: string | null;
  module?: string;
  preset?: string;
}

export interface Resolution {
  provider: string;
  model: string;
  module: string | null;
  preset: string | null;
  /** Which rule decided. */
  via: string;
  warnings: string[];
}

export interface Message {
  role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
  content?: string | { type: string; [key: string]: unknown }[] | null;
  [key: string]: unknown;
}

export interface Request extends Target {
  messages: Message[];
  params?: Record<string, unknown>;
  /** `null` turns the module's schema off. */
  schema?: Record<string, unknown> | null;
  provider_options?: {
    body?: Record<string, unknown>;
    headers?: Record<string, string>;
    query?: Record<string, string>;
  };
  stream?: boolean;
}

/** Why a parameter was dropped or a value rewritten, for programs: a stable code, and the values in its text. */
export interface ReasonDetail {
  code: string;
  values: Record<string, string | number | boolean | null>;
}

/** A dry run: what `POST /api/llm/chat` answers with `dry_run: true`. */
export interface Plan {
  provider: string;
  model: string;
  module: string | null;
  preset: string | null;
  plan: {
    method: string;
    url: string;
    headers: Record<string, string>;
    body: unknown;
    bytes: number;
    /** Of the very bytes a live call sends, in hex. */
    sha256: string;
    curl: string;
  };
  applied: string[];
  dropped: { param: string; reason: string; reason_detail?: ReasonDetail }[];
  rewritten: {
    path: string;
    from?: unknown;
    to?: unknown;
    reason: string;
    reason_detail?: ReasonDetail;
  }[];
  warnings: string[];
  /** The same in the same order, with a stable code each. */
  warning_details: {
    code: string;
    message: string;
    values: Record<string, string | number | boolean | null>;
  }[];
  estimate: {
    prompt_tokens: number;
    max_completion_tokens: number | null;
    /** USD; null where the price is not known. */
    cost: { min: number; max: number | null; currency: 'USD' } | null;
  };
}

export interface StubAnswer {
  provider: string;
  model: string;
  module: string | null;
  reply: string;
  data: { reply: string; json?: unknown };
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number } | null;
  mock: boolean;
}

function offlineFor({ root, registry, env = process.env, now = Date.now }: Options): Offline {
  const text = {
    ...env,
    ...(root === undefined ? {} : { COMFYVN_RUNTIME_ROOT: root }),
    ...(registry === undefined ? {} : { COMFYVN_LLM_REGISTRY: registry }),
  };
  const paths = nodePaths(import.meta.dirname, text);
  return new Offline({ env: text, paths, secrets: sessionSecrets(), version: productVersion, now });
}

/** Every provider of the registry with its models, the user's own and ComfyVN's among them. Reads files, sends nothing. */
export function* iterProviders(options: Options = {}): Generator<Provider, void, undefined> {
  yield* offlineFor(options).view().providers;
}

/**
 * Who would answer, and by which rule.
 * @throws Error with a `code`: `unknown_provider`, `unknown_model`, `unknown_module`, `ambiguous_model`
 */
export function resolve(target: Target, options: Options = {}): Resolution {
  const { provider, model, module, preset, via, warnings } = offlineFor(options).resolve(target);
  return {
    provider: provider.name,
    model: model.id,
    module: module?.name ?? null,
    preset: preset?.id ?? null,
    via,
    warnings: warnings.map(({ message }) => message),
  };
}

/**
 * What a call would send and what it would cost.
 * @throws Error with a `code`, as the API's
 */
export function plan(request: Request, options: Options = {}): Promise<Plan> {
  return offlineFor(options).plan(request);
}

/** Answers in the place of any provider, offline and always the same: for the tests of a mod. */
export class StubAdapter {
  readonly #offline: Offline;
  /** What it was asked, in order. */
  readonly requests: Request[] = [];

  constructor(options: Options = {}) {
    this.#offline = offlineFor(options);
  }

  /** The last user message, or the smallest JSON that fits the request's schema or its module's. */
  async chat(request: Request): Promise<StubAnswer> {
    this.requests.push(request);
    const asked: ChatRequest = request;
    return this.#offline.mock(asked);
  }
}
