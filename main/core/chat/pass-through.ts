import { schemaToolName } from '../../adapters/shared/schema-tool.ts';
import type { Adapter } from '../../adapters/define.ts';
import { isObject, type JsonObject } from '../lib/json.ts';
import type { CallerWire } from '../lib/request-context.ts';

/** How a provider's reply goes on to a caller who speaks the same wire: as it came, byte for byte. */
export interface PassThrough {
  /** We asked for the token counts, the caller did not: the chunk that holds nothing else stays here. */
  hidesUsage: boolean;
}

const openAiWires: ReadonlySet<string> = new Set(['openai-chat', 'azure-openai']);

const asksUsage = (options: unknown) => isObject(options) && options['include_usage'] === true;

/** A schema that travels as a tool comes back as a call of it, which its caller never offered. */
function hasSchemaTool(body: JsonObject): boolean {
  const tools = Array.isArray(body['tools']) ? body['tools'] : [];
  return tools.some(
    (tool) => isObject(tool) && isObject(tool['function']) && tool['function']['name'] === schemaToolName,
  );
}

/**
 * Decides by the final body whether the reply can go on as it comes; null where it has to be translated.
 * @param wanted the caller's own `stream_options`
 */
export function passThroughOf(
  wire: CallerWire | undefined,
  adapter: Adapter,
  body: JsonObject,
  wanted: unknown,
): PassThrough | null {
  if (wire !== 'openai' || !openAiWires.has(adapter.wire) || hasSchemaTool(body)) return null;
  return { hidesUsage: asksUsage(body['stream_options']) && !asksUsage(wanted) };
}
