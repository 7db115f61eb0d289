import type { Call, Incoming, JsonObject, ProtocolChat, Wanted } from '../define.ts';
import { ownFields } from '../shared/own-fields.ts';
import { newChat, tokenLimit } from '../shared/params.ts';
import { effortOfBudget, reasoningEffort, reasoningOff } from '../shared/reasoning.ts';
import { Reader } from '../shared/reader.ts';
import { schemaFormat } from '../shared/response-format.ts';
import { samplers } from '../shared/samplers.ts';
import { messagesFields, metadataFields, outputConfigFields } from './fields.ts';
import { readMessages } from './input-messages.ts';
import { toolParams } from './tools.ts';

/**
 * Converts the body of `POST /v1/messages` to a chat. `max_tokens` is optional here; the model's own limit
 * applies.
 */
export function toChat(incoming: Incoming): Call {
  const reader = new Reader(incoming, ['anthropic', 'anthropic_compat']);
  const body = reader.needObject(incoming.body, '');
  const native = reader.decide(body, messagesFields);
  const model = reader.string(body['model'], 'model');
  const stream = reader.boolean(body['stream'], 'stream') ?? false;
  const metadata = reader.object(body['metadata'], 'metadata') ?? {};
  reader.decide(metadata, metadataFields, 'metadata');
  const messages = readMessages(body, reader);
  const params: JsonObject = {
    ...native,
    ...tokenLimit(reader.number(body['max_tokens'], 'max_tokens')),
    temperature: reader.number(body['temperature'], 'temperature'),
    top_p: reader.number(body['top_p'], 'top_p'),
    ...samplers(body, ['top_k'], reader),
    stop: reader.strings(body['stop_sequences'], 'stop_sequences'),
    user: reader.string(metadata['user_id'], 'metadata.user_id'),
    ...toolParams(body, reader),
    ...thinkingParams(body, reader),
    ...outputParams(body, reader),
  };
  const chat: ProtocolChat = {
    ...newChat(model, messages, params, stream),
    ...betaHeader(incoming, reader),
    ...ownFields(body, reader),
  };
  return { chat, wanted: { stream, model: model ?? '' } satisfies Wanted, warnings: reader.warnings };
}

/** A header enables Anthropic's beta features. */
function betaHeader({ headers = {} }: Incoming, reader: Reader): Partial<ProtocolChat> {
  const header = headers['anthropic-beta'];
  const beta = Array.isArray(header) ? header.join(',') : header;
  if (!beta) return {};
  if (reader.isNative) return { provider_options: { headers: { 'anthropic-beta': beta } } };
  reader.warn('the header `anthropic-beta` has no effect: only Anthropic has it');
  return {};
}

function thinkingParams(body: JsonObject, reader: Reader): JsonObject {
  const thinking = reader.object(body['thinking'], 'thinking');
  if (thinking === undefined) return {};
  if (reader.isNative) return { thinking };
  switch (thinking['type']) {
    case 'enabled': {
      const budget = reader.number(thinking['budget_tokens'], 'thinking.budget_tokens');
      return effortOfBudget(
        budget ?? reader.fail('thinking.budget_tokens', 'is required'),
        'thinking',
        reader,
      );
    }
    case 'disabled':
      return reasoningOff('thinking', reader);
    case 'adaptive':
    case 'between_tools':
      return {};
    default:
      return reader.fail('thinking.type', 'has to be "enabled", "disabled", "adaptive" or "between_tools"');
  }
}

/** Effort takes precedence over a thinking budget, because it is the newer parameter. */
function outputParams(body: JsonObject, reader: Reader): JsonObject {
  const config = reader.object(body['output_config'], 'output_config') ?? {};
  reader.decide(config, outputConfigFields, 'output_config');
  const effort = reader.string(config['effort'], 'output_config.effort');
  const [format, path] = config['format']
    ? [config['format'], 'output_config.format']
    : [body['output_format'], 'output_format'];
  const asked = reader.object(format, path);
  if (asked !== undefined && asked['type'] !== 'json_schema')
    reader.refuse(`${path}.type`, 'has to be "json_schema"');
  return {
    ...(effort === undefined ? {} : reasoningEffort(effort)),
    ...(asked === undefined
      ? {}
      : { response_format: schemaFormat(reader.needObject(asked['schema'], `${path}.schema`)) }),
  };
}
