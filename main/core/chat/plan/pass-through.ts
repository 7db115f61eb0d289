import { schemaToolName } from '../../../adapters/shared/schema-tool.ts';
import type { Adapter } from '../../../adapters/define.ts';
import { isObject, type JsonObject } from '../../lib/json.ts';
import type { CallerProtocol } from '../../lib/request-context.ts';

/** How a provider's reply goes on to a caller who speaks the same protocol: as it came, byte for byte. */
export interface PassThrough {
  /** We asked for the token counts, the caller did not: the chunk that holds nothing else stays here. */
  hidesUsage: boolean;
}

/** The adapters whose replies are in a caller's words. */
const replying: Record<CallerProtocol, readonly string[]> = {
  openai: ['openai-chat', 'azure-openai'],
  anthropic: ['anthropic-messages'],
};

const asksUsage = (options: unknown) => isObject(options) && options['include_usage'] === true;

/** A schema that travels as a tool comes back as a call of it, which its caller never offered. */
function hasSchemaTool(body: JsonObject): boolean {
  const tools = Array.isArray(body['tools']) ? body['tools'] : [];
  return tools.some((tool) => {
    if (!isObject(tool)) return false;
    const { name } = isObject(tool['function']) ? tool['function'] : tool;
    return name === schemaToolName;
  });
}

/** What a plan has beside its body. */
export interface PassThroughParts {
  /** The caller's own `stream_options`. */
  streamOptions: unknown;
  /** The reply is still to be held against a schema. */
  hasSchema: boolean;
  /** Something was left out of the request, which the reply has to say. */
  hasDropped: boolean;
}

/**
 * Decides by the final body whether the reply can go on as it comes; null where it has to be translated. A reply to
 * OpenAI's clients says in a header what was left out; one to Anthropic's in its body, which is then ours. Its last
 * event cannot be kept back either until a schema is checked.
 */
export function passThroughOf(
  callerProtocol: CallerProtocol | undefined,
  adapter: Adapter,
  body: JsonObject,
  { streamOptions, hasSchema, hasDropped }: PassThroughParts,
): PassThrough | null {
  if (callerProtocol === undefined || hasSchemaTool(body)) return null;
  if (!replying[callerProtocol].includes(adapter.protocol)) return null;
  if (callerProtocol === 'anthropic') return hasSchema || hasDropped ? null : { hidesUsage: false };
  return { hidesUsage: asksUsage(body['stream_options']) && !asksUsage(streamOptions) };
}
