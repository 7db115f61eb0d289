import type { StructuredOutput } from '../../../contract/provider.ts';
import type { Adapter, ModelList, Target } from '../define.ts';

/** Differences between servers with OpenAI's protocol, as data and small pure functions. */
export interface Dialect {
  protocol: string;
  auth: Adapter['auth'];
  modelList: ModelList | null;
  /** Relative to the base URL, percent-encoded. */
  endpoint(target: Target): { path: string; query: Record<string, string> };
  headers(settings: Target['settings']): Record<string, string>;
  /** The body's `model`; null if the URL names the model (Azure's dated versions). */
  modelInBody(target: Target): string | null;
  /** How a schema is sent if the model's entry does not say. */
  structuredOutput(settings: Target['settings']): StructuredOutput;
  /** Whether to request a stream's token counts if the caller does not say. */
  asksUsage(settings: Target['settings']): boolean;
  /**
   * False if `response_format: json_object` is refused; it then becomes a json_schema that allows any object.
   */
  jsonObject: boolean;
  /** False if `tool_choice` accepts only a string; a named function then becomes `required`. */
  namedToolChoice: boolean;
  /** False if the role `developer` is refused; it then becomes `system`. */
  developerRole(settings: Target['settings']): boolean;
  /** Whether `usage.cost` is the call's cost, in USD. */
  tellsCost: boolean;
}
