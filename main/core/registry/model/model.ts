import type { KeptModel } from '../../../../contract/model-sync.ts';
import type {
  GenerationOptions,
  JsonSchema,
  ModuleFile,
  PresetEntry,
} from '../../../../contract/module-preset.ts';
import type {
  AdapterName,
  ModelRule,
  ProviderKind,
  StructuredOutput,
} from '../../../../contract/provider.ts';

/** A model as the core uses it. */
export interface Model {
  id: string;
  /** The id sent to the provider. */
  wireId: string;
  label: string;
  description: string;
  tags: string[];
  options: GenerationOptions;
  context: number | null;
  /** Maximum tokens of one reply, if known. */
  maxOutput: number | null;
  structuredOutput: StructuredOutput | undefined;
  rules: ModelRule[];
  /** USD per million tokens from its file, for models without a price record. */
  listedPrice: {
    input: number;
    output: number;
    source?: string | undefined;
    as_of?: string | undefined;
  } | null;
  /**
   * Facts stored from the provider's own list. `before` is the model as its file has it, null if no file
   * lists it.
   */
  kept?: { before: Model | null; facts: KeptModel } | undefined;
}

/** A provider or a runtime adapter: one address, one protocol, one way to find a key. */
export interface Provider {
  name: string;
  label: string;
  adapter: AdapterName;
  /** The effective base URL, without trailing slash, query or fragment. */
  base: string;
  /** Query parameters of its address, added to every call. */
  query: Record<string, string>;
  /** The values from its file, where the environment overrides them. */
  inFile?: Pick<Provider, 'base' | 'query' | 'settings' | 'headers' | 'timeoutMs'>;
  /** The variables that set its address and its time-out, where they do. */
  setBy?: { base?: string; timeout?: string };
  timeoutMs: number;
  /** True if its file sets a timeout; otherwise `COMFYVN_LLM_DEFAULT_TIMEOUT` applies. */
  statedTimeout: boolean;
  kind: ProviderKind;
  /** Feature flags of which one must be on; empty for providers that are local. */
  flags: string[];
  /** `enabled: false` in its file, regardless of the flags. */
  switchedOff: boolean;
  credentials: { required: boolean; env: string[] };
  headers: Record<string, string>;
  tags: string[];
  models: Model[];
  settings: Record<string, unknown>;
  metadata: Record<string, unknown>;
  origin: 'built-in' | 'comfyvn' | 'user' | 'runtime';
  /** Its origin, if it would be local once marked as the user's own network. */
  outside?: string;
  /** The built-in provider whose lifecycle records and prices also apply to this address. */
  factsFrom: string;
  /** Names under which a key may be saved; the first is its own name. */
  aliases: string[];
  /** Runtime adapters only: its own key, kept in memory. */
  inlineKey?: string;
  /** Runtime adapters only: the provider whose key it inherits while the origin is the same. */
  inheritsKeyFrom?: Provider;
}

export interface Module {
  name: string;
  label: string;
  tags: string[];
  schema: JsonSchema | undefined;
  /** The module's default preset. */
  active: string | null;
  /** ComfyVN's own default, used unchanged. */
  override: { provider: string; model: string; options: GenerationOptions } | null;
  shortlist: PresetEntry[];
}

export function moduleFromFile(file: ModuleFile): Module {
  const { module: name, label, tags, schema, active } = file;
  const shortlist = file.shortlist.toSorted((a, b) => a.rank - b.rank);
  return { name, label, tags, schema, active, override: null, shortlist };
}
