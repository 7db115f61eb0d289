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
  /** What goes on the wire. */
  wireId: string;
  label: string;
  description: string;
  tags: string[];
  options: GenerationOptions;
  context: number | null;
  /** The most tokens one reply can have, where it is known. */
  maxOutput: number | null;
  structuredOutput: StructuredOutput | undefined;
  rules: ModelRule[];
  /** USD per million tokens as its file says, for models without a record of their own. */
  listedPrice: {
    input: number;
    output: number;
    source?: string | undefined;
    as_of?: string | undefined;
  } | null;
  /** What was taken over from the provider's own list; `before` is the model as its file has it, null where none has. */
  kept?: { before: Model | null; facts: KeptModel } | undefined;
}

/** A provider or a runtime adapter: one address, one wire, one way to find a key. */
export interface Provider {
  name: string;
  label: string;
  adapter: AdapterName;
  /** The effective base URL, without a slash at its end, a query or a fragment. */
  base: string;
  /** What its address has behind the path of every call. */
  query: Record<string, string>;
  /** What its file says of these, where the environment lies over it. */
  inFile?: Pick<Provider, 'base' | 'query' | 'settings' | 'headers' | 'timeoutMs'>;
  timeoutMs: number;
  /** Its file names one; else `COMFYVN_LLM_DEFAULT_TIMEOUT` may. */
  statedTimeout: boolean;
  kind: ProviderKind;
  /** Feature flags of which one must be on; empty for what never leaves the machine. */
  flags: string[];
  /** `enabled: false` in its file, whatever the flags say. */
  switchedOff: boolean;
  credentials: { required: boolean; env: string[] };
  headers: Record<string, string>;
  tags: string[];
  models: Model[];
  settings: Record<string, unknown>;
  metadata: Record<string, unknown>;
  origin: 'built-in' | 'comfyvn' | 'user' | 'runtime';
  /** Its origin, where it would be local if that were the person's own network. */
  outside?: string;
  /** The built-in provider whose lifecycle records and prices hold for this address too. */
  factsFrom: string;
  /** Names a saved key may stand under; the first is its own. */
  aliases: string[];
  /** Runtime adapters only: a key of its own, kept in memory. */
  inlineKey?: string;
  /** Runtime adapters only: the provider a key is inherited from while the origin is the same. */
  inheritsKeyFrom?: Provider;
}

export interface Module {
  name: string;
  label: string;
  tags: string[];
  schema: JsonSchema | undefined;
  /** The preset the module starts from. */
  active: string | null;
  /** ComfyVN's own default, taken as it is. */
  override: { provider: string; model: string; options: GenerationOptions } | null;
  shortlist: PresetEntry[];
}

export function moduleFromFile(file: ModuleFile): Module {
  const { module: name, label, tags, schema, active } = file;
  const shortlist = file.shortlist.toSorted((a, b) => a.rank - b.rank);
  return { name, label, tags, schema, active, override: null, shortlist };
}
