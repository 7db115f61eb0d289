import type { JsonObject } from '../define.ts';
import { tokenLimit } from '../shared/params.ts';
import { effortOfBudget, reasoningEffort, reasoningOff } from '../shared/reasoning.ts';
import type { Reader } from '../shared/reader.ts';
import { anyJson, schemaFormat } from '../shared/response-format.ts';
import { samplers } from '../shared/samplers.ts';
import { camelKeys } from './camel-keys.ts';
import { configFields } from './fields.ts';
import { toJsonSchema } from './json-schema.ts';

const at = (name: string) => `generationConfig.${name}`;

/** `generationConfig` as neutral parameters, and whether to show thoughts. */
export function configParams(
  body: JsonObject,
  reader: Reader,
): { params: JsonObject; includeThoughts: boolean } {
  const config = camelKeys(reader.object(body['generationConfig'], 'generationConfig') ?? {});
  const native = reader.decide(config, configFields, 'generationConfig');
  const number = (name: string) => reader.number(config[name], at(name));
  const modalities = reader.strings(config['responseModalities'], at('responseModalities')) ?? [];
  if (modalities.some((modality) => modality.toUpperCase() !== 'TEXT')) {
    reader.refuse(at('responseModalities'), 'replies are text here: ask for "TEXT"');
  }
  const thinking = camelKeys(reader.object(config['thinkingConfig'], at('thinkingConfig')) ?? {});
  return {
    includeThoughts:
      reader.boolean(thinking['includeThoughts'], at('thinkingConfig.includeThoughts')) ?? false,
    params: {
      ...native,
      ...tokenLimit(number('maxOutputTokens')),
      temperature: number('temperature'),
      top_p: number('topP'),
      ...samplers({ top_k: config['topK'] }, ['top_k'], reader, 'generationConfig'),
      seed: number('seed'),
      presence_penalty: number('presencePenalty'),
      frequency_penalty: number('frequencyPenalty'),
      stop: reader.strings(config['stopSequences'], at('stopSequences')),
      ...thinkingParams(thinking, reader),
      response_format: readFormat(config, reader),
    },
  };
}

/** Level or budget; Gemini itself gets the original value. -1 lets the model decide. */
function thinkingParams(thinking: JsonObject, reader: Reader): JsonObject {
  const level = reader.string(thinking['thinkingLevel'], at('thinkingConfig.thinkingLevel'));
  const budget = reader.number(thinking['thinkingBudget'], at('thinkingConfig.thinkingBudget'));
  if (reader.isNative) return Object.keys(thinking).length > 0 ? { thinkingConfig: thinking } : {};
  if (level !== undefined && level !== 'THINKING_LEVEL_UNSPECIFIED')
    return reasoningEffort(level.toLowerCase());
  if (budget === undefined || budget < 0) return {};
  const field = at('thinkingConfig.thinkingBudget');
  return budget === 0 ? reasoningOff(field, reader) : effortOfBudget(budget, field, reader);
}

function readFormat(config: JsonObject, reader: Reader): JsonObject | undefined {
  const json = reader.object(
    config['responseJsonSchema'] ?? config['_responseJsonSchema'],
    at('responseJsonSchema'),
  );
  const schema = reader.object(config['responseSchema'], at('responseSchema'));
  const asked = json ?? (schema && toJsonSchema(schema));
  if (asked) return schemaFormat(asked);
  const type = reader.string(config['responseMimeType'], at('responseMimeType')) ?? 'text/plain';
  if (type === 'text/plain') return undefined;
  if (type === 'application/json') return anyJson;
  return reader.refuse(at('responseMimeType'), 'has to be "text/plain" or "application/json"');
}
