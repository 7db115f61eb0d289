import { schemaToolName } from '../../../adapters/shared/schema-tool.ts';
import type { Adapter } from '../../../adapters/define.ts';
import { isObject, type JsonObject } from '../../lib/json.ts';
import type { CallerProtocol } from '../../lib/request-context.ts';

/** Passes a provider's reply byte for byte to a caller who speaks the same protocol. */
export interface PassThrough {
  /**
   * We requested the token counts, the caller did not: the chunk that contains only usage is not passed on.
   */
  hidesUsage: boolean;
}

/** The adapters whose replies use a caller protocol's format. */
const replying: Record<CallerProtocol, readonly string[]> = {
  openai: ['openai-chat', 'azure-openai'],
  anthropic: ['anthropic-messages'],
};

const asksUsage = (options: unknown) => isObject(options) && options['include_usage'] === true;

/** A schema sent as a tool comes back as a tool call that the caller never declared. */
function hasSchemaTool(body: JsonObject): boolean {
  const tools = Array.isArray(body['tools']) ? body['tools'] : [];
  return tools.some((tool) => {
    if (!isObject(tool)) return false;
    const { name } = isObject(tool['function']) ? tool['function'] : tool;
    return name === schemaToolName;
  });
}

/** Facts about a plan besides its body. */
export interface PassThroughParts {
  /** The caller's own `stream_options`. */
  streamOptions: unknown;
  /** The reply has to be validated against a schema. */
  hasSchema: boolean;
  /** A parameter was dropped, which the reply has to report. */
  hasDropped: boolean;
}

/**
 * Decides from the final body whether the reply can be passed through unchanged; null if it has to be
 * translated. OpenAI clients get dropped parameters in a header. Anthropic clients get them in the body, so
 * that body has to be ours. If a schema has to be validated, the end of the stream must wait
 * for the result, which the Anthropic pass-through cannot do.
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
