/** Fields of `generationConfig`. Source: https://ai.google.dev/api/generate-content#generationconfig */
export const configFields = new Set([
  'temperature',
  'topP',
  'topK',
  'maxOutputTokens',
  'stopSequences',
  'seed',
  'presencePenalty',
  'frequencyPenalty',
  'candidateCount',
  'responseMimeType',
  'responseSchema',
  'responseJsonSchema',
  'responseModalities',
  'responseLogprobs',
  'logprobs',
  'enableEnhancedCivicAnswers',
  'speechConfig',
  'thinkingConfig',
  'imageConfig',
  'mediaResolution',
  'audioTranscriptionConfig',
  'translationConfig',
]);

/** Fields of `generationConfig.thinkingConfig`, also accepted without the wrapper. */
export const thinkingFields = new Set(['thinkingLevel', 'thinkingBudget', 'includeThoughts']);

/** Fields beside `contents`; `tools` and `systemInstruction` are set elsewhere. */
export const bodyFields = new Set(['safetySettings', 'cachedContent', 'toolConfig', 'serviceTier']);

/** OpenAI's names for parameters with another name in Gemini. */
const neutral = new Map([
  ['max_tokens', 'maxOutputTokens'],
  ['max_completion_tokens', 'maxOutputTokens'],
  ['stop', 'stopSequences'],
  ['n', 'candidateCount'],
  ['top_logprobs', 'logprobs'],
  ['reasoning_effort', 'thinkingLevel'],
]);

/** Converts `response_mime_type` to `responseMimeType`; camelCase names stay unchanged. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** A parameter's location in the body, for any of its spellings; undefined if Gemini does not support it. */
export function locationOf(name: string, value: unknown): string[] | undefined {
  if (name === 'response_format') return undefined;
  if (name === 'reasoning_effort' && value === 'none') return undefined;
  if (name === 'logprobs' && typeof value === 'boolean') return ['generationConfig', 'responseLogprobs'];
  const own = neutral.get(name) ?? camelCase(name);
  if (thinkingFields.has(own)) return ['generationConfig', 'thinkingConfig', own];
  if (configFields.has(own)) return ['generationConfig', own];
  return bodyFields.has(own) ? [own] : undefined;
}
