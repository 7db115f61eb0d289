import type { JsonObject } from '../define.ts';
import { tokenLimit } from '../shared/params.ts';
import { reasoningEffort, reasoningOff } from '../shared/reasoning.ts';
import { isObject, type Reader } from '../shared/reader.ts';
import { anyJson, schemaFormat } from '../shared/response-format.ts';
import { samplers } from '../shared/samplers.ts';
import { optionFields } from './fields.ts';

/** `options`, `format` and `think` as neutral parameters. */
export function requestParams(body: JsonObject, reader: Reader): JsonObject {
  const options = reader.object(body['options'], 'options') ?? {};
  const native = reader.decide(options, optionFields, 'options');
  const number = (name: string) => reader.number(options[name], `options.${name}`);
  const limit = number('num_predict');
  return {
    ...native,
    // A value below 1 means no limit.
    ...tokenLimit(limit !== undefined && limit > 0 ? limit : undefined),
    temperature: number('temperature'),
    top_p: number('top_p'),
    seed: number('seed'),
    presence_penalty: number('presence_penalty'),
    frequency_penalty: number('frequency_penalty'),
    stop: reader.strings(options['stop'], 'options.stop'),
    ...samplers(options, ['top_k', 'min_p', 'typical_p'], reader, 'options'),
    ...repeatPenalty(options, reader),
    ...thinkParams(body['think'], reader),
    response_format: readFormat(body['format'], reader),
  };
}

/** LM Studio uses Ollama's name for it, the others have their own. */
function repeatPenalty(options: JsonObject, reader: Reader): JsonObject {
  const { repeat_penalty } = samplers(options, ['repeat_penalty'], reader, 'options');
  if (repeat_penalty === undefined) return {};
  const isSame = reader.adapter === 'ollama' || reader.adapter === 'lmstudio';
  return { [isSame ? 'repeat_penalty' : 'repetition_penalty']: repeat_penalty };
}

function thinkParams(think: unknown, reader: Reader): JsonObject {
  if (think === undefined || think === null || think === '') return {};
  if (typeof think !== 'boolean' && typeof think !== 'string') {
    reader.fail('think', 'has to be true, false or a level');
  }
  if (reader.isNative) return { think };
  if (think === false) return reasoningOff('think', reader);
  return reasoningEffort(think === true ? 'medium' : think);
}

function readFormat(format: unknown, reader: Reader): JsonObject | undefined {
  if (format === undefined || format === null || format === '') return undefined;
  if (format === 'json') return anyJson;
  return isObject(format) ? schemaFormat(format) : reader.fail('format', 'has to be "json" or a JSON Schema');
}
