import type { StructuredOutput } from '../../../contract/provider.ts';
import type { Adapter, ModelList, Target } from '../define.ts';

/** What servers of OpenAI's protocol do differently, as data and small pure functions. */
export interface Dialect {
  protocol: string;
  auth: Adapter['auth'];
  modelList: ModelList | null;
  /** Below the base URL, percent-encoded. */
  endpoint(target: Target): { path: string; query: Record<string, string> };
  headers(settings: Target['settings']): Record<string, string>;
  /** What the body's `model` says; null where the address names the model (Azure's dated versions). */
  modelInBody(target: Target): string | null;
  /** How a schema is put where the model's entry does not say. */
  structuredOutput(settings: Target['settings']): StructuredOutput;
  /** Whether a stream is asked for its token counts where the caller says nothing. */
  asksUsage(settings: Target['settings']): boolean;
  /** False: `response_format: json_object` is refused, and becomes a json_schema that allows any object. */
  jsonObject: boolean;
  /** False: `tool_choice` is taken as a string only, and a named function becomes `required`. */
  namedToolChoice: boolean;
  /** False: the role `developer` is refused, and becomes `system`. */
  developerRole(settings: Target['settings']): boolean;
  /** Whether `usage.cost` is what the call cost, in USD. */
  tellsCost: boolean;
}
