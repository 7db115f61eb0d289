import type { Billing, JsonObject } from '../define.ts';
import { BillingReader, eachObject, names } from '../shared/billing.ts';
import { arr, obj, str } from '../shared/read.ts';

/** The API accepts both spellings: https://ai.google.dev/api/generate-content */
const free = names(`
  model safetySettings safety_settings toolConfig tool_config labels store`);

const freeConfig = names(`
  temperature topP topK top_p top_k stopSequences stop_sequences responseMimeType response_mime_type responseSchema
  response_schema responseJsonSchema response_json_schema _responseJsonSchema presencePenalty frequencyPenalty
  presence_penalty frequency_penalty seed responseLogprobs logprobs response_logprobs enableEnhancedCivicAnswers
  mediaResolution media_resolution routingConfig modelSelectionConfig`);

const freePart = names(`
  text thought thoughtSignature thought_signature functionCall function_call executableCode codeExecutionResult videoMetadata mediaResolution partMetadata`);

/** What a GenerateContent body can cost. */
export function billing(body: JsonObject): Billing {
  const reader = new BillingReader();
  const readContents = (value: unknown, path: string) =>
    eachObject(value, path, (item, at) =>
      eachObject(item.parts, `${at}.parts`, (part, index) => readPart(reader, part, index)),
    );
  const readSystem = (value: unknown, path: string) =>
    eachObject(obj(value).parts, `${path}.parts`, (part, at) => readPart(reader, part, at));
  const readConfig = (value: unknown, path: string) => readGeneration(reader, obj(value), path);
  const readTools = (value: unknown, path: string) =>
    eachObject(value, path, (tool, at) =>
      reader.fields(tool, at, names('functionDeclarations function_declarations'), ownTools(reader, tool)),
    );
  const tier = (value: unknown, path: string) => {
    if (!/^(service_tier_)?(standard|flex|batch|unspecified)$/i.test(String(value)))
      reader.unbounded(path, `the tier "${String(value)}" has other prices`);
  };
  const cached = (_value: unknown, path: string) =>
    reader.unbounded(path, 'how much the cached content holds is not known here');
  reader.fields(body, '', free, {
    contents: readContents,
    systemInstruction: readSystem,
    system_instruction: readSystem,
    generationConfig: readConfig,
    generation_config: readConfig,
    tools: readTools,
    cachedContent: cached,
    cached_content: cached,
    serviceTier: tier,
    service_tier: tier,
  });
  return reader.result();
}

function ownTools(
  reader: BillingReader,
  tool: JsonObject,
): Record<string, (v: unknown, path: string) => void> {
  const own = Object.keys(tool).filter((name) => !/^function_?declarations$/i.test(name));
  return Object.fromEntries(
    own.map((name) => [
      name,
      (_value: unknown, path: string) =>
        reader.unbounded(path, `the tool "${name}" runs at the provider and is billed there`),
    ]),
  );
}

function readGeneration(reader: BillingReader, config: JsonObject, path: string): void {
  const modalities = (value: unknown, at: string) => {
    const other = arr(value).filter((kind) => !/^text$/i.test(String(kind)));
    if (other.length) reader.unbounded(at, `a reply as ${other.join(', ')} has a price of its own`);
  };
  const speech = (_value: unknown, at: string) => reader.unbounded(at, 'speech has a price of its own');
  const thinking = (value: unknown) => {
    const { thinkingBudget, thinking_budget: snake } = obj(value);
    reader.extraOutput(thinkingBudget);
    reader.extraOutput(snake);
  };
  reader.fields(config, path, freeConfig, {
    maxOutputTokens: (value) => reader.limit(value),
    max_output_tokens: (value) => reader.limit(value),
    candidateCount: (value) => reader.replies(value),
    candidate_count: (value) => reader.replies(value),
    thinkingConfig: thinking,
    thinking_config: thinking,
    responseModalities: modalities,
    response_modalities: modalities,
    speechConfig: speech,
    speech_config: speech,
    audioTranscriptionConfig: speech,
    translationConfig: speech,
    imageConfig: (_value, at) => reader.unbounded(at, 'images that are made have a price of their own'),
  });
}

const mediaPart = ['inlineData', 'inline_data', 'fileData', 'file_data'];
const responsePart = ['functionResponse', 'function_response'];

function readPart(reader: BillingReader, part: JsonObject, path: string): void {
  const media = (value: unknown, at: string) => readMedia(reader, obj(value), at);
  // The result of a function can contain images: https://ai.google.dev/gemini-api/docs/function-calling
  const response = (value: unknown, at: string) =>
    eachObject(obj(value).parts, `${at}.parts`, (inner, index) => readPart(reader, inner, index));
  reader.fields(part, path, freePart, {
    ...Object.fromEntries(mediaPart.map((name) => [name, media])),
    ...Object.fromEntries(responsePart.map((name) => [name, response])),
  });
}

function readMedia(reader: BillingReader, media: JsonObject, path: string): void {
  const type = str(media.mimeType) ?? str(media.mime_type) ?? '';
  if (type.startsWith('image/')) reader.image(str(media.data)?.length ?? 0);
  else if (/^(application\/pdf|text\/|video\/)/.test(type))
    reader.uncounted(path, `how long a ${type} is cannot be told beforehand`);
  else reader.unbounded(path, `how long a ${type || 'file'} is cannot be told beforehand`);
}
